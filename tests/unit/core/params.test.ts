import { describe, expect, test } from 'vitest';
import { mapParams, type ParamTable } from '../../../src/core/params';

const table: ParamTable = {
  temperature: { wire: 'options.temperature', min: 0, max: 2 },
  topP: { wire: 'options.top_p' },
  topK: 'unsupported',
  minP: 'unsupported',
  typicalP: 'unsupported',
  repeatPenalty: { wire: 'repeat_penalty' },
  frequencyPenalty: 'unsupported',
  presencePenalty: 'unsupported',
  seed: { wire: 'seed', convert: (value) => (value < 0 ? undefined : value) },
  stop: { wire: 'stop' },
  maxTokens: { wire: 'max_tokens', min: 1 },
  contextLength: 'unsupported',
  format: { wire: 'format' },
  grammar: 'unsupported',
  topLogprobs: 'unsupported',
  thinking: 'unsupported',
  keepAlive: 'unsupported',
};

describe('mapParams', () => {
  test('absent settings send nothing and warn of nothing', () => {
    expect(mapParams({}, table)).toEqual({ body: {}, warnings: [] });
  });

  test('dotted names nest beside each other', () => {
    const { body } = mapParams({ temperature: 0.5, topP: 0.9, repeatPenalty: 1.1 }, table);
    expect(body).toEqual({ options: { temperature: 0.5, top_p: 0.9 }, repeat_penalty: 1.1 });
  });

  test('what the backend does not take is left out and told', () => {
    const { body, warnings } = mapParams({ topK: 40, seed: 7 }, table);
    expect(body).toEqual({ seed: 7 });
    expect(warnings).toEqual([{ param: 'topK', reason: 'unsupported', requested: 40 }]);
  });

  test('what is out of range is sent clamped and told', () => {
    const { body, warnings } = mapParams({ temperature: 3, maxTokens: 0 }, table);
    expect(body).toEqual({ options: { temperature: 2 }, max_tokens: 1 });
    expect(warnings).toEqual([
      { param: 'temperature', reason: 'clamped', requested: 3, sent: 2 },
      { param: 'maxTokens', reason: 'clamped', requested: 0, sent: 1 },
    ]);
  });

  test('a conversion may leave a field out', () => {
    expect(mapParams({ seed: -1 }, table)).toEqual({ body: {}, warnings: [] });
  });

  test('neither the settings nor the table change', () => {
    const params = Object.freeze({ temperature: 9, stop: Object.freeze(['a']) });
    expect(() => mapParams(params, Object.freeze(table))).not.toThrow();
  });
});
