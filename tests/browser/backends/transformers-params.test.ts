import { afterAll, expect, test } from 'vitest';
import type { Params } from '../../../src/core/params';
import { ask } from './tiny-model';
import { jsonOf, onnxBackend, tinyOnnx } from './tiny-onnx';

const model = tinyOnnx();
const backend = onnxBackend(model);

afterAll(() => backend.dispose());

async function answer(prompt: string, params: Params): Promise<string> {
  return (await ask(backend, model.id, prompt, params)).text;
}

function fruits(params: Params): Promise<string[]> {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  return Promise.all(seeds.map((seed) => answer('pick a fruit', { seed, ...params })));
}

test('seed: the same one gives the same answer, others give others', async () => {
  const first = await fruits({ temperature: 1 });
  expect(await fruits({ temperature: 1 })).toEqual(first);
  expect(new Set(first).size).toBeGreaterThan(1);
});

test.for<[string, Params]>([
  ['temperature 0', { temperature: 0 }],
  ['topK 1', { temperature: 2, topK: 1 }],
  ['topP 0.01', { temperature: 2, topP: 0.01 }],
  ['minP 0.95', { temperature: 2, minP: 0.95 }],
])('%s always takes the most likely token', async ([, params]) => {
  expect(new Set(await fruits(params))).toEqual(new Set(['apple']));
});

test('typicalP takes the token that is as surprising as expected, which is not the most likely one', async () => {
  // Fruits are likely by 50, 25, 15 and 10 per cent: the second one's surprise is nearest to the entropy.
  expect(new Set(await fruits({ temperature: 1, typicalP: 0.01 }))).toEqual(new Set(['pear']));
});

test('nothing set: greedy, where the model’s makers advise nothing', async () => {
  expect(new Set(await fruits({}))).toEqual(new Set(['apple']));
});

test('what the makers advise counts where nothing is set, and says otherwise where something is', async () => {
  const advice = { ...(await jsonOf('generation_config.json')), do_sample: true, temperature: 1, top_k: 0 };
  const advised = tinyOnnx({ 'generation_config.json': JSON.stringify(advice) });
  const other = onnxBackend(advised);
  const pick = async (params: Params) => (await ask(other, advised.id, 'pick a fruit', params)).text;
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const usual = await Promise.all(seeds.map((seed) => pick({ seed })));
  const greedy = await Promise.all(seeds.map((seed) => pick({ seed, temperature: 0 })));
  await other.dispose();
  expect(new Set(usual).size).toBeGreaterThan(1);
  expect(new Set(greedy)).toEqual(new Set(['apple']));
});

test('maxTokens cuts the answer and says so', async () => {
  const { text, last } = await ask(backend, model.id, 'count to ten', { temperature: 0, maxTokens: 3 });
  expect(text).toBe('1 2 3');
  expect(last).toMatchObject({ reason: 'length', usage: { completionTokens: 3 } });
});

test('stop ends the answer before the text, over several tokens too', async () => {
  expect(await answer('count to ten', { temperature: 0, stop: ['5'] })).toBe('1 2 3 4 ');
  expect(await answer('count to ten', { temperature: 0, stop: ['nine', ' 7 8'] })).toBe('1 2 3 4 5 6');
  const { last } = await ask(backend, model.id, 'count to ten', { temperature: 0, stop: ['5'] });
  expect(last).toMatchObject({ reason: 'stop' });
});

test('repeatPenalty changes an answer that repeats itself', async () => {
  const text = await answer('write a list', { temperature: 0, repeatPenalty: 100, maxTokens: 12 });
  expect(text).not.toContain('\n- two');
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
  expect(events[0]).toHaveProperty(
    'warnings',
    expect.arrayContaining([
      { param: 'keepAlive', reason: 'unsupported', requested: '5m' },
      { param: 'format', reason: 'unsupported', requested: 'json' },
      { param: 'thinking', reason: 'unsupported', requested: true },
      { param: 'temperature', reason: 'clamped', requested: 9, sent: 2 },
      { param: 'maxTokens', reason: 'clamped', requested: 0, sent: 1 },
      { param: 'seed', reason: 'clamped', requested: -1, sent: 0 },
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
  await other.dispose();
  expect(on.events[0]).toMatchObject({ warnings: [] });
  expect(on.last).toMatchObject({ usage: { promptTokens: 9 } });
  expect(off.last).toHaveProperty(
    'usage.promptTokens',
    expect.toSatisfy((tokens: number) => tokens > 9),
  );
  expect(low.events[0]).toMatchObject({ warnings: [{ param: 'thinking', requested: 'low', sent: true }] });
});
