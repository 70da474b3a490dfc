/** Asks for many answers at once, over lanes or each over its own connection, and notes when what came. */
import { LaneClient } from '../../../src/backends/shared/lanes/lane-client';

export interface Times {
  /** Milliseconds from the common start to the first byte of each answer. */
  readonly begins: readonly number[];
  /** Milliseconds that the relay's health took while the answers ran. */
  readonly health: number;
  /** When one answer was stopped, as `Date.now()` would tell it, with fractions. */
  readonly stoppedAt: number;
}

/** Long enough for what begins to have begun. */
const settleMs = 1000;
const now = (): number => performance.timeOrigin + performance.now();

/** @param isPlain without lanes */
export async function run(count: number, isPlain: boolean): Promise<Times> {
  const lanes = new LaneClient(location.origin);
  const stop = new AbortController();
  const startedAt = now();
  const answers = Array.from({ length: count }, (_, number) => {
    const call = isPlain ? fetch : lanes.fetchFor();
    return answer(call, number, number === 0 ? stop.signal : undefined);
  });
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  const askedAt = now();
  const health = fetch('/api/health', { cache: 'no-store' }).then(async (reply) => {
    await reply.text();
    return now() - askedAt;
  });
  const healthInTime = await Promise.race([health, new Promise((resolve) => setTimeout(resolve, settleMs))]);
  const stoppedAt = now();
  stop.abort();
  const begins = await Promise.all(answers);
  return {
    begins: begins.map((begin) => begin - startedAt),
    health: typeof healthInTime === 'number' ? healthInTime : await health,
    stoppedAt,
  };
}

/** Resolves with the time of the first byte when the answer is over. */
async function answer(call: typeof fetch, number: number, signal: AbortSignal | undefined): Promise<number> {
  const response = await call(`${location.origin}/relay/openai/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'paced', number }),
    ...(signal && { signal }),
  });
  const reader = response.body?.getReader();
  if (!response.ok || !reader) throw new Error(`The relay answered with status ${response.status}.`);
  await reader.read();
  const begin = now();
  try {
    while (!(await reader.read()).done);
  } catch (thrown) {
    if (!signal?.aborted) throw thrown;
  }
  return begin;
}

Object.assign(window, { run });
