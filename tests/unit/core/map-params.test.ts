import { describe, expect, test } from 'vitest';
import { asRequested, mapParams } from '../../../src/core/map-params';
import type { ParamTable } from '../../../src/core/params';

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
  format: 'emulated',
  grammar: 'unsupported',
  topLogprobs: 'unsupported',
  thinking: 'unsupported',
  keepAlive: 'unsupported',
  extra: { wire: '' },
};

describe('mapParams', () => {
  test('absent settings send nothing and report nothing', () => {
    expect(mapParams({}, table)).toEqual({ body: {}, effects: [] });
  });

  test('dotted names nest beside each other', () => {
    const { body } = mapParams({ temperature: 0.5, topP: 0.9, repeatPenalty: 1.1 }, table);
    expect(body).toEqual({ options: { temperature: 0.5, top_p: 0.9 }, repeat_penalty: 1.1 });
  });

  test('each setting is reported: sent, done by the page, ignored', () => {
    const { body, effects } = mapParams({ topK: 40, seed: 7, format: 'json', topP: 0.5 }, table);
    expect(body).toEqual({ seed: 7, options: { top_p: 0.5 } });
    expect(effects).toEqual([
      { param: 'topP', outcome: 'sent', requested: 0.5, wire: 'options.top_p', sent: 0.5 },
      { param: 'topK', outcome: 'ignored', requested: 40 },
      { param: 'seed', outcome: 'sent', requested: 7, wire: 'seed', sent: 7 },
      { param: 'format', outcome: 'emulated', requested: 'json' },
    ]);
  });

  test('what is out of range is sent as the nearest value, and told', () => {
    const { body, effects } = mapParams({ temperature: 3, maxTokens: 0 }, table);
    expect(body).toEqual({ options: { temperature: 2 }, max_tokens: 1 });
    expect(effects).toEqual([
      {
        param: 'temperature',
        outcome: 'sent',
        requested: 3,
        adjusted: 2,
        wire: 'options.temperature',
        sent: 2,
      },
      { param: 'maxTokens', outcome: 'sent', requested: 0, adjusted: 1, wire: 'max_tokens', sent: 1 },
    ]);
  });

  test('a conversion may leave a field out, which is told as ignored', () => {
    const effects = [{ param: 'seed', outcome: 'ignored', requested: -1 }];
    expect(mapParams({ seed: -1 }, table)).toEqual({ body: {}, effects });
  });

  test('free fields join those of the settings, and have the last word', () => {
    const extra = { options: { mirostat: 1, temperature: 0 }, logit_bias: { '5': -1 }, empty: {} };
    const { body, effects } = mapParams({ temperature: 1, topP: 0.9, extra }, table);
    expect(body).toEqual({
      options: { temperature: 0, top_p: 0.9, mirostat: 1 },
      logit_bias: { '5': -1 },
      empty: {},
    });
    expect(effects.filter(({ param }) => param === 'extra').map(({ wire, sent }) => [wire, sent])).toEqual([
      ['options.mirostat', 1],
      ['options.temperature', 0],
      ['logit_bias.5', -1],
      ['empty', {}],
    ]);
  });

  test('a free field cannot take the place of what the page itself says', () => {
    const { body, effects } = mapParams({ extra: { model: 'other', messages: [], seed: 1 } }, table);
    expect(body).toEqual({ seed: 1 });
    expect(effects.map(({ wire, outcome }) => `${wire} ${outcome}`)).toEqual([
      'model ignored',
      'messages ignored',
      'seed sent',
    ]);
  });

  test('neither the settings nor the table change', () => {
    const params = Object.freeze({ temperature: 9, stop: Object.freeze(['a']) });
    expect(() => mapParams(params, Object.freeze(table))).not.toThrow();
  });
});

test('a report in the values of the person tells what an engine made of them', () => {
  const { effects } = mapParams({ topP: 1, seed: 3 }, table);
  expect(asRequested(effects, { topP: 0.99, seed: 3 })).toMatchObject([
    { param: 'topP', requested: 0.99, adjusted: 1 },
    { param: 'seed', requested: 3 },
  ]);
});
