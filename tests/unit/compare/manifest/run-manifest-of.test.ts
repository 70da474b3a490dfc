import { expect, test } from 'vitest';
import { repeatedRun } from '../../../../src/compare/manifest/repeated-run';
import { runManifestOf } from '../../../../src/compare/manifest/run-manifest-of';
import type { ParamEffect } from '../../../../src/core/param-effect';
import { answer } from '../answer';

const seed: ParamEffect = { param: 'seed', outcome: 'sent', requested: 7, wire: 'seed', sent: 7 };
const messages = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Hi' },
] as const;

test('all that is known of an answer, and no key for what is not', () => {
  const manifest = runManifestOf(
    answer({
      provenance: { kind: 'ollama', version: '0.12.11', digest: 'd5', templateDigest: 'ab' },
      effects: [seed, { param: 'topK', outcome: 'ignored', requested: 5 }],
      contextLength: 4096,
      runsOn: 'server',
      usage: { promptTokens: 9 },
      circumstances: { wasHidden: true },
    }),
    messages,
  );
  expect(manifest).toEqual({
    format: 'switchyard-run/1',
    askedAt: '2023-11-14T22:13:20.000Z',
    model: { id: 'm', label: 'M', contextLength: 4096, digest: 'd5', templateDigest: 'ab' },
    engine: { backendId: 'ollama', label: 'Ollama', kind: 'ollama', version: '0.12.11', runsOn: 'server' },
    request: { messages, params: { seed: 7, topK: 5 }, promptFormat: 'chat' },
    effects: [seed, { param: 'topK', outcome: 'ignored', requested: 5 }],
    answer: { text: 'Hello.', state: 'done' },
    usage: { promptTokens: 9 },
    circumstances: { wasHidden: true },
  });
  expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
});

test('an answer of an earlier version of the page has a manifest, too', () => {
  expect(runManifestOf(answer(), []).engine).toEqual({ backendId: 'ollama', label: 'Ollama' });
});

test('free fields are told once, as they were set', () => {
  const extra = { mirostat: 2, tau: 5 };
  const effects = ['mirostat', 'tau'].map((wire): ParamEffect => ({
    param: 'extra',
    outcome: 'sent',
    requested: extra,
    wire,
    sent: 1,
  }));
  expect(runManifestOf(answer({ effects }), []).request.params).toEqual({ extra });
});

test('a repeated run: the same, or where it parts, in the text before the thoughts', () => {
  const first = answer({ effects: [seed], reasoning: 'Hm.' });
  expect(repeatedRun(first, first)).toEqual({
    seed: 'sent',
    difference: undefined,
    isInThoughts: false,
    changed: [],
    areWhole: true,
  });
  expect(repeatedRun(first, { ...first, text: 'Hello!' })).toMatchObject({
    difference: { word: 2 },
    isInThoughts: false,
  });
  expect(repeatedRun(first, { ...first, reasoning: 'Oh.' })).toMatchObject({
    difference: { word: 1 },
    isInThoughts: true,
  });
  expect(repeatedRun(first, { ...first, state: 'stopped' }).areWhole).toBe(false);
});

test('what the backend makes of a seed is told, and what is another one by now', () => {
  const seeds = (effects: readonly ParamEffect[]) => repeatedRun(answer(), answer({ effects })).seed;
  expect(seeds([])).toBe('none');
  expect(seeds([{ ...seed, outcome: 'ignored' }])).toBe('ignored');
  expect(seeds([seed, { param: 'temperature', outcome: 'sent', requested: 0 }])).toBe('greedy');
  const then = answer({ provenance: { version: '1', digest: 'a' } });
  const now = answer({ provenance: { version: '2', digest: 'b', templateDigest: 'c' } });
  expect(repeatedRun(then, now).changed).toEqual(['version', 'weights']);
});
