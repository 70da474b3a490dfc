/** What of a running answer is on disk when the tab dies. */
import { expect, test, vi } from 'vitest';
import { Checkpointer } from '../../../src/state/checkpointer';

test('a stream that pauses has its last words saved', async () => {
  const write = vi.fn(() => Promise.resolve());
  const checkpointer = new Checkpointer(write);
  checkpointer.touch();
  checkpointer.touch();
  expect(write).toHaveBeenCalledTimes(1);
  await expect.poll(() => write.mock.calls.length).toBe(2);
});

test('writes never overlap, and what arrives during one is saved after it', async () => {
  let finish = (): void => undefined;
  const write = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const checkpointer = new Checkpointer(write);
  checkpointer.touch();
  checkpointer.touch();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(write).toHaveBeenCalledTimes(1);
  finish();
  await expect.poll(() => write.mock.calls.length).toBe(2);
  finish();
});

test('after stop nothing is written', async () => {
  const write = vi.fn(() => Promise.resolve());
  const checkpointer = new Checkpointer(write);
  checkpointer.touch();
  checkpointer.touch();
  checkpointer.stop();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(write).toHaveBeenCalledTimes(1);
});
