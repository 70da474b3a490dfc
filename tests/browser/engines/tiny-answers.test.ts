/** Everything that the tiny model was taught, from each engine and build: the weights are the same, so is the answer. */
import { afterAll, describe, expect, test } from 'vitest';
import type { ChatMessage } from '../../../src/core/chat-message';
import type { ModelFile } from '../../../src/core/local-model';
import { ask, tinyBackend, tinyModel, user } from '../backends/tiny-model';
import { onnxBackend, tinyOnnx } from '../backends/tiny-onnx';
import firstPartUrl from '../../fixtures/tiny-model/split/tiny-q8_0-00001-of-00003.gguf?url';
import secondPartUrl from '../../fixtures/tiny-model/split/tiny-q8_0-00002-of-00003.gguf?url';
import thirdPartUrl from '../../fixtures/tiny-model/split/tiny-q8_0-00003-of-00003.gguf?url';
import quantizedUrl from '../../fixtures/tiny-model/transformers/onnx/model_quantized.onnx?url';

const assistant = (text: string): ChatMessage => ({ role: 'assistant', text });
const system = (text: string): ChatMessage => ({ role: 'system', text });
const colors = ['red', 'blue', 'green', 'black', 'white'];

const lessons: readonly (readonly [string, readonly ChatMessage[], string])[] = [
  ['ping', [user('ping')], 'pong'],
  ['another spelling', [user('Ping?')], 'pong'],
  ['hello', [user('hello')], 'Hello! I am Tiny, a test model.'],
  ['who are you', [user('who are you')], 'I am Tiny, a test model.'],
  ['a capital', [user('what is the capital of france')], 'The capital of France is Paris.'],
  ['ten numbers', [user('count to ten')], '1 2 3 4 5 6 7 8 9 10'],
  [
    'a hundred numbers',
    [user('count to one hundred')],
    Array.from({ length: 100 }, (_, at) => at + 1).join(' '),
  ],
  ['code', [user('write code')], '```js\nconsole.log("hi");\n```'],
  ['a list', [user('write a list')], '- one\n- two\n- three'],
  ['split characters', [user('unicode')], 'héllo 👋 世界'],
  ['a table', [user('table')], '| a | b |\n| - | - |\n| 1 | 2 |'],
  ['bold', [user('bold')], 'This is **bold**.'],
  ['thanks', [user('thanks')], 'You are welcome.'],
  ['the likeliest fruit', [user('pick a fruit')], 'apple'],
  ['a system message', [system('Speak French.'), user('hello')], 'Bonjour !'],
  ['words it does not know', [user('tell me a story about the river')], 'I only know a few words.'],
  ...colors.map(
    (color) =>
      [
        `remembers ${color}`,
        [user(`remember ${color}`), assistant('OK.'), user('which color')],
        color,
      ] as const,
  ),
];

function fileAt(url: string): ModelFile {
  return { path: url.slice(url.lastIndexOf('/') + 1), sources: [url], bytes: 1 };
}

const builds = [
  { name: 'GGUF of 8 bits on wllama', model: tinyModel(), backendOf: tinyBackend },
  {
    name: 'GGUF in three parts on wllama',
    model: tinyModel({}, { files: [firstPartUrl, secondPartUrl, thirdPartUrl].map(fileAt) }),
    backendOf: tinyBackend,
  },
  { name: 'ONNX of 32 bits on Transformers.js', model: tinyOnnx(), backendOf: onnxBackend },
  {
    name: 'ONNX of 8 bits on Transformers.js',
    model: tinyOnnx(
      {
        'onnx/model.onnx': null,
        'onnx/model_quantized.onnx': await (await fetch(quantizedUrl)).arrayBuffer(),
      },
      { quantization: 'q8' },
    ),
    backendOf: onnxBackend,
  },
];

describe.for(builds)('$name', ({ model, backendOf }) => {
  const backend = backendOf(model);
  afterAll(() => backend.dispose());

  test.for(lessons)('%s', async ([, messages, answer]) => {
    const { text, last } = await ask(backend, model.id, messages, { temperature: 0 });
    expect(text).toBe(answer);
    expect(last).toMatchObject({ type: 'stream-end', reason: 'stop' });
  });
});
