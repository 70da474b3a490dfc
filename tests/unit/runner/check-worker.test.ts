/** The thread of the runner for patterns and code: what does not end is ended, and the next one runs again. */
import { afterEach, expect, it } from 'vitest';
import { openCheckWorker } from '../../../runner/check-worker';

const worker = openCheckWorker();
afterEach(() => worker.close());

it('ends a loop and a pattern that would never end, and goes on', async () => {
  const endless = worker.runCode('() => { for (;;); }', []);
  const after = worker.runCode('(answer) => answer.length', ['four']);
  await expect(endless).rejects.toThrow('did not end within 3 s');
  expect(await after).toBe(4);
  const catastrophic = worker.matchesPattern(`${'a'.repeat(60)}!`, '^(a+)+$', '');
  await expect(catastrophic).rejects.toThrow('did not end');
  expect(await worker.matchesPattern('Paris', 'paris', 'gi')).toBe(true);
}, 20_000);

it('reaches nothing of Node, also by detours', async () => {
  const detours = [
    'this.constructor.constructor("return process")()',
    '(() => {}).constructor("return process")()',
    'import("node:fs")',
  ];
  for (const detour of detours)
    await expect(worker.runCode(`() => ${detour}`, [])).rejects.toThrow(
      /not defined|disallowed|not permitted|could not be cloned|Cannot read/,
    );
});

it('passes on what the code throws and what cannot be cloned', async () => {
  await expect(worker.runCode('() => { throw new Error("mine") }', [])).rejects.toThrow('mine');
  await expect(worker.runCode('not code at all', [])).rejects.toThrow();
  await expect(worker.runCode('() => () => 1', [])).rejects.toThrow();
});
