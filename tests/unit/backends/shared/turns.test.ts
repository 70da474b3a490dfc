import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../../src/backends/shared/turns';

const never = new AbortController().signal;
let names = 0;

/** Node before 24 has no Web Locks, so this is the queue within a page; the browser tests run the other one. */
describe('createTurns', () => {
  it('lets one through at a time, in the order in which they came', async () => {
    const turns = createTurns(`order ${names++}`);
    const log: string[] = [];
    const use = async (name: string) => {
      const release = await turns.take(never);
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      release();
    };
    await Promise.all([use('a'), use('b'), use('c')]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('shares the queue of one server, and none with another', async () => {
    const name = `shared ${names++}`;
    const release = await createTurns(name).take(never);
    expect(await createTurns(name).tryTake()).toBeUndefined();
    const other = await createTurns(`${name} other`).tryTake();
    expect(other).toBeDefined();
    other?.();
    release();
  });

  it('leaves the queue when aborted, without holding up who comes after', async () => {
    const turns = createTurns(`abort ${names++}`);
    const release = await turns.take(never);
    const controller = new AbortController();
    const waiting = turns.take(controller.signal);
    const next = turns.take(never);
    controller.abort();
    await expect(waiting).rejects.toThrow();
    release();
    (await next)();
  });

  it('does not wait at all when already aborted', async () => {
    const turns = createTurns(`aborted ${names++}`);
    await expect(turns.take(AbortSignal.abort())).rejects.toThrow();
    expect(await turns.tryTake()).toBeDefined();
  });
});
