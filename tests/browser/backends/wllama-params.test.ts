import { afterAll, expect, test } from 'vitest';
import type { Params } from '../../../src/core/params';
import { describeSampling } from './sampling-behaviour';
import { ask, never, patchedTiny, tinyBackend, tinyModel } from './tiny-model';
import { shortfalls } from '../../support/shortfalls';

const file = tinyModel();
const backend = tinyBackend(file);

afterAll(() => backend.dispose());

async function answer(prompt: string, params: Params): Promise<string> {
  return (await ask(backend, file.id, prompt, params)).text;
}

describeSampling(backend, file.id);

test.for<[string, Params]>([
  ['frequencyPenalty', { frequencyPenalty: 2 }],
  ['presencePenalty', { presencePenalty: 2 }],
])('%s keeps off the words that stand in the conversation', async ([, penalty]) => {
  const prompt = [
    { role: 'user', text: 'pick a fruit' } as const,
    { role: 'assistant', text: 'apple' } as const,
    { role: 'user', text: 'pick a fruit' } as const,
  ];
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const pick = async (seed: number, params: Params) =>
    (await ask(backend, file.id, prompt, { temperature: 1, seed, maxTokens: 5, ...params })).text;
  const usual = await Promise.all(seeds.map((seed) => pick(seed, {})));
  const penalized = await Promise.all(seeds.map((seed) => pick(seed, penalty)));
  const apples = (texts: string[]) => texts.filter((text) => text === 'apple').length;
  expect(apples(penalized)).toBeLessThan(apples(usual));
});

test('format constrains the answer to a JSON Schema', async () => {
  const format = { enum: ['fig', 'kiwi'] };
  const parsed: unknown = JSON.parse(await answer('pick a fruit', { temperature: 0, format }));
  expect(['fig', 'kiwi']).toContain(parsed);
  expect(await answer('pick a fruit', { temperature: 0, format: 'json', maxTokens: 40 })).toMatch(/^\{/);
});

test('grammar constrains the answer to its rules', async () => {
  expect(await answer('pick a fruit', { temperature: 0, grammar: 'root ::= "kiwi" | "lime"' })).toMatch(
    /^(kiwi|lime)$/,
  );
});

test('a grammar that is none is refused, and the model goes on', async () => {
  const { last } = await ask(backend, file.id, 'ping', { grammar: 'root ::= (' });
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'bad-request' } });
  expect(await answer('ping', {})).toBe('pong');
});

test('a format that is no schema is refused, and the model goes on', async () => {
  const { last } = await ask(backend, file.id, 'ping', { format: { type: 'nonsense' } });
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'bad-request' } });
  expect(await answer('ping', {})).toBe('pong');
});

test('settings without effect and values out of range are warned of', async () => {
  const params: Params = { keepAlive: '5m', thinking: true, temperature: 9, maxTokens: 0, seed: -1 };
  const { events } = await ask(backend, file.id, 'ping', params);
  expect(events[0]).toMatchObject({ type: 'stream-start' });
  expect(shortfalls(events[0])).toEqual(
    expect.arrayContaining([
      { param: 'keepAlive', outcome: 'ignored', requested: '5m' },
      { param: 'thinking', outcome: 'ignored', requested: true },
      { param: 'temperature', outcome: 'sent', requested: 9, adjusted: 2 },
      { param: 'maxTokens', outcome: 'sent', requested: 0, adjusted: 1 },
      { param: 'seed', outcome: 'sent', requested: -1, adjusted: 0 },
    ]),
  );
});

test('thinking reaches a chat template that knows it', async () => {
  // The line breaks are real ones, inside the strings of the template.
  const usual =
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";
  const knowing =
    "{%for m in messages%}{{'<|im_start|>'+m.role+'\n'+m.content+'<|im_end|>\n'}}{%endfor%}{{'<|im_start|>assistant\n'}}{%if not enable_thinking%}{{'<think></think>'}}{%endif%}";
  const padding = ' '.repeat(usual.length - knowing.length - '{##}'.length);
  const thinker = await patchedTiny(usual, `${knowing}{#${padding}#}`);
  const other = tinyBackend(thinker);
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
