import { describe, expect, test } from 'vitest';
import type { RunsOn } from '../../../src/core/backend';
import type { AnswerMessage } from '../../../src/core/conversation';
import { readingSpeed } from '../../../src/state/answering-from-documents/reading-speed';
import type { BackendEntry } from '../../../src/state/backend-entry';
import { answer } from '../compare/answer';

const choice = { backendId: 'wllama', modelId: 'small' };

function backends(kind: 'wllama' | 'transformers', place: RunsOn | undefined) {
  const entry: BackendEntry = {
    connection: { id: 'wllama', kind, label: 'In this page' },
    state: 'ready',
    models: [{ id: 'small' }],
  };
  return { entry: () => entry, placeOf: () => place };
}

function earlier(prefillTokensPerSecond: number, more: Partial<AnswerMessage> = {}): AnswerMessage {
  return answer({
    ...choice,
    runsOn: 'this-cpu',
    measurement: { totalMs: 1, completionTokens: 1, isEstimated: false, prefillTokensPerSecond },
    ...more,
  });
}

describe('how fast a model reads', () => {
  test('is what was measured last, on the processor', () => {
    const branch = [
      earlier(7),
      earlier(9),
      earlier(500, { runsOn: 'this-gpu' }),
      earlier(90, { modelId: 'other' }),
    ];
    expect(readingSpeed(choice, branch, backends('wllama', 'this-cpu'))).toBe(9);
  });

  test('is assumed for one engine, and for no other', () => {
    expect(readingSpeed(choice, [], backends('wllama', 'this-cpu'))).toBe(10);
    expect(readingSpeed(choice, [], backends('transformers', 'this-cpu'))).toBeUndefined();
  });

  test('is no matter on a graphics card or on a server', () => {
    expect(readingSpeed(choice, [earlier(7)], backends('wllama', 'this-gpu'))).toBeUndefined();
    const server: BackendEntry = {
      connection: { id: 'wllama', kind: 'ollama', label: 'Ollama', baseUrl: 'http://x', via: 'direct' },
      state: 'ready',
      models: [],
    };
    expect(readingSpeed(choice, [], { entry: () => server, placeOf: () => 'server' })).toBeUndefined();
  });
});
