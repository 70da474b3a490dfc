/** Turns by Web Locks: shared by every tab of this origin. */
import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../src/backends/shared/turns';

const never = new AbortController().signal;

async function heldLocks(): Promise<(string | undefined)[]> {
  return ((await navigator.locks.query()).held ?? []).map(({ name }) => name);
}

describe('createTurns in a browser', () => {
  it('holds a lock that other tabs see, until a moment after the release', async () => {
    const release = await createTurns('http://one.test').take(never);
    expect(await heldLocks()).toContain('switchyard server http://one.test');
    expect(await createTurns('http://one.test').tryTake()).toBeUndefined();
    release();
    await expect.poll(heldLocks).not.toContain('switchyard server http://one.test');
  });

  it('lets one through at a time, in order', async () => {
    const turns = createTurns('http://two.test');
    const log: string[] = [];
    const use = async (name: string) => {
      const release = await turns.take(never);
      log.push(`${name} begins`, `${name} ends`);
      release();
    };
    await Promise.all([use('a'), use('b')]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('leaves the queue when aborted', async () => {
    const turns = createTurns('http://three.test');
    const release = await turns.take(never);
    const controller = new AbortController();
    const waiting = turns.take(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    const next = turns.take(never);
    release();
    (await next)();
  });
});
