import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FitVerdict } from '../../../../src/models/fit/fit';
import { historyKey, withOutcome } from '../../../../src/models/fit/fit-history';
import { judgeFit } from '../../../../src/models/fit/judge-fit';
import { memoryNeed } from '../../../../src/models/fit/memory-need';
import { anyDevice, anyHistory, anyQuestion, device, deviceWith, gigabyte, gpu, question } from './devices';

/** From worst to best. */
const verdicts: readonly FitVerdict[] = ['will-not', 'unknown', 'tight', 'fits'];

test('a larger model never gets a better verdict in the same place', () => {
  fc.assert(
    fc.property(
      anyQuestion,
      fc.integer({ min: 0, max: 2e10 }),
      anyDevice,
      anyHistory,
      (asked, more, on, history) => {
        const small = judgeFit(asked, on, history);
        const large = judgeFit({ ...asked, bytes: asked.bytes + more }, on, history);
        fc.pre(small.device === large.device);
        expect(verdicts.indexOf(large.verdict)).toBeLessThanOrEqual(verdicts.indexOf(small.verdict));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a longer context never gets a better verdict in the same place', () => {
  fc.assert(
    fc.property(
      anyQuestion,
      fc.integer({ min: 0, max: 1e6 }),
      anyDevice,
      anyHistory,
      (asked, more, on, history) => {
        const short = judgeFit(asked, on, history);
        const long = judgeFit({ ...asked, contextLength: asked.contextLength + more }, on, history);
        fc.pre(short.device === long.device);
        expect(verdicts.indexOf(long.verdict)).toBeLessThanOrEqual(verdicts.indexOf(short.verdict));
      },
    ),
    { numRuns: 2000 },
  );
});

test('16-bit shaders are never offered without shader-f16, and never on the processor', () => {
  fc.assert(
    fc.property(anyQuestion, anyDevice, anyHistory, (asked, on, history) => {
      const { verdict } = judgeFit({ ...asked, needsF16: true }, on, history);
      if (!on.gpu?.hasF16) expect(verdict).toBe('will-not');
    }),
  );
});

test('WebLLM is never offered without a graphics card', () => {
  fc.assert(
    fc.property(anyQuestion, anyDevice, anyHistory, (asked, on, history) => {
      const { verdict, device: place } = judgeFit(
        { ...asked, engine: 'webllm' },
        { ...on, gpu: undefined },
        history,
      );
      expect([verdict, place]).toEqual(['will-not', 'gpu']);
    }),
  );
});

test('what ran here fits, and so does all that needs less', () => {
  fc.assert(
    fc.property(anyQuestion, fc.double({ min: 0.01, max: 1, noNaN: true }), anyDevice, (asked, share, on) => {
      const { verdict, device: place } = judgeFit(asked, on, {});
      // What the adapter or the address space forbids has not run.
      fc.pre(verdict !== 'will-not');
      const key = historyKey(asked.engine, place);
      const ran = withOutcome({}, key, memoryNeed(asked, place).totalBytes, 'ran');
      const smaller = { ...asked, bytes: Math.ceil(asked.bytes * share) };
      const now = judgeFit(smaller, on, ran);
      fc.pre(now.device === place);
      expect(now.verdict).toBe('fits');
    }),
    { numRuns: 1000 },
  );
});

test('what ran out of memory here is not offered again in that place, nor what needs more', () => {
  fc.assert(
    fc.property(anyQuestion, fc.integer({ min: 0, max: 1e10 }), anyDevice, (asked, more, on) => {
      const { device: place } = judgeFit(asked, on, {});
      const key = historyKey(asked.engine, place);
      const failed = withOutcome({}, key, memoryNeed(asked, place).totalBytes, 'out-of-memory');
      const now = judgeFit({ ...asked, bytes: asked.bytes + more }, on, failed);
      if (now.device === place) expect(now.verdict).toBe('will-not');
    }),
    { numRuns: 1000 },
  );
});

test('a run and a failure of the same size make it tight', () => {
  const asked = question();
  const key = historyKey('wllama', 'cpu');
  const { totalBytes } = memoryNeed(asked, 'cpu');
  const history = withOutcome(
    withOutcome({}, key, totalBytes, 'ran'),
    key,
    totalBytes * 0.9,
    'out-of-memory',
  );
  expect(judgeFit(asked, device(), history)).toMatchObject({ verdict: 'tight' });
});

test('a graphics card that ran out of memory leaves the processor', () => {
  const asked = question({ bytes: 2 * gigabyte });
  const on = deviceWith(32, { gpu: gpu() });
  expect(judgeFit(asked, on, {})).toMatchObject({ verdict: 'fits', device: 'gpu' });
  const failed = withOutcome({}, 'wllama gpu', memoryNeed(asked, 'gpu').totalBytes, 'out-of-memory');
  const now = judgeFit(asked, on, failed);
  expect(now).toMatchObject({ verdict: 'fits', device: 'cpu' });
  expect(now.reason).toMatch(/^Too much for the graphics card, so on the processor/);
});

test('every verdict says how much is needed or what is missing', () => {
  fc.assert(
    fc.property(anyQuestion, anyDevice, anyHistory, (asked, on, history) => {
      expect(judgeFit(asked, on, history).reason).toMatch(/\d (MB|GB)|WebGPU|graphics|16-bit/);
    }),
  );
});

test.for<[string, Parameters<typeof judgeFit>[1], number, FitVerdict]>([
  ['a small model on a browser that tells nothing', device(), 0.4, 'fits'],
  ['a large one on a browser that tells nothing', device(), 1.5, 'unknown'],
  ['half of 8 GB', deviceWith(8), 1.9, 'fits'],
  ['most of 4 GB', deviceWith(4), 1.6, 'tight'],
  ['all of 4 GB, which are 6 at most', deviceWith(4), 2, 'tight'],
  ['twice what 2 GB can be', deviceWith(2), 2, 'will-not'],
  ['nearly all of 8 GB, which may be more', deviceWith(8), 3.9, 'unknown'],
  ['more than the address space', deviceWith(32), 4.2, 'will-not'],
  ['most of half a gigabyte', deviceWith(0.5), 0.15, 'tight'],
])('on the processor: %s', ([, on, gigabytes, verdict]) => {
  expect(judgeFit(question({ bytes: gigabytes * gigabyte }), on, {})).toMatchObject({
    verdict,
    device: 'cpu',
  });
});

test.for<[string, Parameters<typeof judgeFit>[1], number, FitVerdict]>([
  ['within one buffer', deviceWith(16, { gpu: gpu() }), 3, 'fits'],
  ['within two buffers', deviceWith(32, { gpu: gpu() }), 6, 'tight'],
  ['beyond, whatever memory the processor has', deviceWith(32, { gpu: gpu() }), 12, 'unknown'],
  ['half of a small device, which shares it', deviceWith(4, { gpu: gpu() }), 3, 'tight'],
])('on the graphics card: %s', ([, on, gigabytes, verdict]) => {
  const asked = question({ engine: 'webllm', bytes: gigabytes * gigabyte });
  expect(judgeFit(asked, on, {})).toMatchObject({ verdict, device: 'gpu' });
});

test.for<[string, Partial<ReturnType<typeof gpu>>, RegExp]>([
  ['no 16-bit floats', { hasF16: false }, /16-bit floats.*Choose a build with f32/],
  ['graphics in software', { isFallback: true }, /in software/],
  ['too few bindings', { maxStorageBuffersPerStage: 8 }, /binds 10 buffers.*allows 8/],
  ['too little shader memory', { maxWorkgroupStorageBytes: 16_384 }, /32768 bytes.*has 16384/],
  ['too small bindings', { maxBindingBytes: 2 ** 27 }, /largest matrix.*200 MB.*134 MB/],
])('WebLLM says what the adapter lacks: %s', ([, lacking, says]) => {
  const asked = question({ engine: 'webllm', needsF16: true });
  const { verdict, reason } = judgeFit(asked, device({ gpu: gpu(lacking) }), {});
  expect(verdict).toBe('will-not');
  expect(reason).toMatch(says);
});
