import { afterAll, expect, test } from 'vitest';
import type { Params } from '../../../src/core/params';
import { describeSampling, fruits } from './sampling-behaviour';
import { ask, never } from './tiny-model';
import { jsonOf, onnxBackend, tinyOnnx } from './tiny-onnx';
import { shortfalls } from '../../support/shortfalls';

const model = tinyOnnx();
const backend = onnxBackend(model);

afterAll(() => backend.dispose());

describeSampling(backend, model.id);

test('nothing set: greedy, where the model’s makers advise nothing', async () => {
  expect(new Set(await fruits(backend, model.id, {}))).toEqual(new Set(['apple']));
});

test('what the makers advise counts where nothing is set, and says otherwise where something is', async () => {
  const advice = { ...(await jsonOf('generation_config.json')), do_sample: true, temperature: 1, top_k: 0 };
  const advised = tinyOnnx({ 'generation_config.json': JSON.stringify(advice) });
  const other = onnxBackend(advised);
  const usual = await fruits(other, advised.id, {});
  const greedy = await fruits(other, advised.id, { temperature: 0 });
  await other.dispose();
  expect(new Set(usual).size).toBeGreaterThan(1);
  expect(new Set(greedy)).toEqual(new Set(['apple']));
});

test.for<[string, Params]>([
  ['frequencyPenalty', { frequencyPenalty: 2 }],
  ['presencePenalty', { presencePenalty: 2 }],
])('%s keeps off the words that the answer has used', async ([, penalty]) => {
  // Outside of a turn the model is unsure and repeats itself.
  const babble = async (params: Params) => {
    const options = { temperature: 0, maxTokens: 40, ...params };
    const { text } = await ask(backend, model.id, '1 2 3', options, { plain: true });
    return text.split(/\s+/);
  };
  const mostUses = (words: readonly string[]) =>
    Math.max(...words.map((word) => words.filter((other) => other === word).length));
  expect(mostUses(await babble(penalty))).toBeLessThan(mostUses(await babble({})));
});

test('settings without effect and values out of range are warned of', async () => {
  const params: Params = {
    keepAlive: '5m',
    thinking: true,
    temperature: 9,
    maxTokens: 0,
    seed: -1,
    format: 'json',
  };
  const { events } = await ask(backend, model.id, 'ping', params);
  expect(shortfalls(events[0])).toEqual(
    expect.arrayContaining([
      { param: 'keepAlive', outcome: 'ignored', requested: '5m' },
      { param: 'format', outcome: 'emulated', requested: 'json' },
      { param: 'thinking', outcome: 'ignored', requested: true },
      { param: 'temperature', outcome: 'sent', requested: 9, adjusted: 2 },
      { param: 'maxTokens', outcome: 'sent', requested: 0, adjusted: 1 },
      { param: 'seed', outcome: 'sent', requested: -1, adjusted: 0 },
    ]),
  );
});

test('thinking reaches a chat template that knows it', async () => {
  const template =
    "{%for m in messages%}{{'<|im_start|>'+m.role+'\n'+m.content+'<|im_end|>\n'}}{%endfor%}{{'<|im_start|>assistant\n'}}{%if not enable_thinking%}{{'<think></think>'}}{%endif%}";
  const config = { ...(await jsonOf('tokenizer_config.json')), chat_template: template };
  const thinker = tinyOnnx({ 'tokenizer_config.json': JSON.stringify(config) });
  const other = onnxBackend(thinker);
  const on = await ask(other, thinker.id, 'ping', { temperature: 0, thinking: true });
  const off = await ask(other, thinker.id, 'ping', { temperature: 0, thinking: false });
  const low = await ask(other, thinker.id, 'ping', { thinking: 'low', maxTokens: 1 });
  const listed = await other.listModels(never());
  await other.dispose();
  expect(listed).toMatchObject([{ id: thinker.id, thinkingControl: 'switch' }]);
  expect(shortfalls(on.events[0])).toEqual([]);
  expect(on.last).toMatchObject({ usage: { promptTokens: 9 } });
  expect(off.last).toHaveProperty(
    'usage.promptTokens',
    expect.toSatisfy((tokens: number) => tokens > 9),
  );
  expect(shortfalls(low.events[0])).toEqual([
    { param: 'thinking', outcome: 'sent', requested: 'low', adjusted: true },
  ]);
});
