import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  LaneScheduler,
  type Turn,
  type TurnRequest,
  type Wait,
} from '../../../../src/compare/scheduling/lane-scheduler';
import { type ScheduleMode, scheduleModes } from '../../../../src/core/comparison';

const never = new AbortController().signal;
const gpu = { resource: 'this-gpu', label: 'this graphics card', capacity: 1, group: '', machine: 'this' };
const server = (id: string, group = '', capacity = Infinity) => {
  return { resource: `server ${id}`, label: id, capacity, group, machine: id };
};

function request(
  lane: string,
  place: Omit<TurnRequest, 'lane' | 'mode'>,
  mode: ScheduleMode = 'by-resource',
) {
  return { ...place, lane, mode };
}

/** Takes a turn and tells whether it was given. */
function take(scheduler: LaneScheduler, wanted: TurnRequest, signal = never) {
  const seen: { turn?: Turn; wait?: Wait; failure?: unknown } = {};
  scheduler
    .take(wanted, (wait) => (seen.wait = wait), signal)
    .then(
      (turn) => (seen.turn = turn),
      (failure: unknown) => (seen.failure = failure),
    );
  return seen;
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('by resource', () => {
  test('servers run side by side, models on one graphics card one after the other', async () => {
    const scheduler = new LaneScheduler();
    const seen = [
      take(scheduler, request('Lane 1', gpu)),
      take(scheduler, request('Lane 2', gpu)),
      take(scheduler, request('Lane 3', server('a'))),
      take(scheduler, request('Lane 4', server('b'))),
    ];
    await settled();
    expect(seen.map(({ turn }) => turn !== undefined)).toEqual([true, false, true, true]);
    expect(seen[1]?.wait).toEqual({ lanes: ['Lane 1'], resource: 'this graphics card' });
    seen[0]?.turn?.release();
    await settled();
    expect(seen[1]?.turn).toBeDefined();
  });

  test('a server that would swap models gets those of one model together, and the other model in its order', async () => {
    const scheduler = new LaneScheduler();
    const first = take(scheduler, request('Lane 1', server('ollama', 'm')));
    const same = take(scheduler, request('Lane 2', server('ollama', 'm')));
    const other = take(scheduler, request('Lane 3', server('ollama', 'n')));
    const late = take(scheduler, request('Lane 4', server('ollama', 'm')));
    await settled();
    expect([first, same, other, late].map(({ turn }) => turn !== undefined)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    first.turn?.release();
    same.turn?.release();
    await settled();
    expect([other.turn !== undefined, late.turn !== undefined]).toEqual([true, false]);
  });

  test('what shares a machine is told to both sides, also where nobody waits', async () => {
    const scheduler = new LaneScheduler();
    const page = take(scheduler, request('Lane 1', gpu));
    const local = take(scheduler, request('Lane 2', { ...server('ollama'), machine: 'this' }));
    const far = take(scheduler, request('Lane 3', server('vllm')));
    await settled();
    expect([...(page.turn?.sharedWith ?? [])]).toEqual(['Lane 2']);
    expect([...(local.turn?.sharedWith ?? [])]).toEqual(['Lane 1']);
    expect([...(far.turn?.sharedWith ?? [])]).toEqual([]);
  });
});

test('one by one waits for everybody; a change of mode frees those that wait', async () => {
  const scheduler = new LaneScheduler();
  let mode: ScheduleMode = 'one-by-one';
  const wanted = (lane: string, id: string): TurnRequest => ({
    ...server(id),
    lane,
    get mode() {
      return mode;
    },
  });
  const seen = ['a', 'b', 'c'].map((id, index) => take(scheduler, wanted(`Lane ${index + 1}`, id)));
  await settled();
  expect(seen.map(({ turn }) => turn !== undefined)).toEqual([true, false, false]);
  expect(seen[2]?.wait).toEqual({ lanes: ['Lane 1', 'Lane 2'] });
  mode = 'all-at-once';
  scheduler.reconsider();
  await settled();
  expect(seen.every(({ turn }) => turn !== undefined)).toBe(true);
});

test('a lane that is stopped while it waits leaves the queue and holds up nobody', async () => {
  const scheduler = new LaneScheduler();
  const stop = new AbortController();
  const first = take(scheduler, request('Lane 1', gpu));
  const stopped = take(scheduler, request('Lane 2', gpu), stop.signal);
  const third = take(scheduler, request('Lane 3', gpu));
  stop.abort();
  await settled();
  expect(stopped.failure).toBeInstanceOf(Error);
  first.turn?.release();
  first.turn?.release();
  await settled();
  expect(third.turn).toBeDefined();
});

test('whatever happens: limits hold, nothing starves, and all that was asked for gets its turn or is stopped', async () => {
  const places = [
    gpu,
    server('ollama', 'm'),
    server('ollama', 'n'),
    server('instructlab', '', 1),
    server('vllm'),
  ];
  const step = fc.record({
    place: fc.nat(places.length - 1),
    mode: fc.constantFrom(...scheduleModes),
    action: fc.constantFrom('take', 'release', 'stop'),
    index: fc.nat(30),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const scheduler = new LaneScheduler();
      const all: {
        wanted: TurnRequest;
        seen: ReturnType<typeof take>;
        stop: AbortController;
        released: boolean;
      }[] = [];
      const running = () => all.filter(({ seen, released }) => seen.turn && !released);
      for (const { place, mode, action, index } of steps) {
        const chosen = all[index % Math.max(1, all.length)];
        if (action === 'take') {
          const wanted = request(`Lane ${all.length + 1}`, places[place] ?? gpu, mode);
          const stop = new AbortController();
          all.push({ wanted, stop, released: false, seen: take(scheduler, wanted, stop.signal) });
        } else if (action === 'stop') chosen?.stop.abort();
        else if (chosen?.seen.turn) {
          chosen.released = true;
          chosen.seen.turn.release();
        }
        await settled();
        for (const { wanted } of running().filter(({ wanted }) => wanted.mode === 'by-resource')) {
          const rivals = running().filter((one) => one.wanted.resource === wanted.resource);
          // Those that wait for nothing may have joined.
          if (rivals.some((one) => one.wanted.mode === 'all-at-once')) continue;
          expect(rivals.length).toBeLessThanOrEqual(wanted.capacity);
          expect(new Set(rivals.map((one) => one.wanted.group)).size).toBe(1);
        }
      }
      for (let round = 0; round <= all.length; round++) {
        for (const one of running()) {
          one.released = true;
          one.seen.turn?.release();
        }
        await settled();
      }
      expect(all.every(({ seen }) => seen.turn !== undefined || seen.failure !== undefined)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
