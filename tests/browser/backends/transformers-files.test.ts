/** Files that are none, damaged, missing or of an unknown kind: one clear error, and the next attempt works. */
import { expect, test } from 'vitest';
import type { LocalModel } from '../../../src/core/local-model';
import { contextWith, memoryShelf } from './memory-shelf';
import { createTransformers } from '../../../src/backends/transformers/index';
import { ask } from './tiny-model';
import { fileOf, jsonOf, tinyOnnx } from './tiny-onnx';

const page = '<!doctype html><title>Sign in</title><p>Not here</p>';

async function half(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const whole = await fileOf(path);
  return whole.slice(0, whole.length / 2);
}

/** One node's operator renamed: field 4 of a node (tag 0x22), the length, then the name (onnx.proto). */
async function graphWith(from: string, to: string): Promise<Uint8Array<ArrayBuffer>> {
  const content = await fileOf('onnx/model.onnx');
  const [found, wanted] = [from, to].map((name) =>
    new TextEncoder().encode(`"${String.fromCharCode(name.length)}${name}`),
  );
  if (!found || found.length !== wanted?.length) throw new Error(`${from} and ${to} differ in length`);
  const at = content.findIndex((_, index) => found.every((byte, offset) => content[index + offset] === byte));
  if (at < 0) throw new Error(`The graph does not contain ${from}`);
  content.set(wanted, at);
  return content;
}

const cases: [name: string, model: () => Promise<LocalModel>, says: RegExp, isDamaged: boolean][] = [
  [
    'a cut graph',
    async () => tinyOnnx({ 'onnx/model.onnx': await half('onnx/model.onnx') }),
    /could not read/,
    true,
  ],
  [
    'a web page instead of the graph',
    () => Promise.resolve(tinyOnnx({ 'onnx/model.onnx': page })),
    /could not read/,
    true,
  ],
  [
    'an operator that ONNX Runtime does not know',
    async () =>
      tinyOnnx({ 'onnx/model.onnx': await graphWith('GroupQueryAttention', 'GroupQueryInvention') }),
    /operator/,
    false,
  ],
  [
    'a cut tokenizer',
    async () => tinyOnnx({ 'tokenizer.json': await half('tokenizer.json') }),
    /could not read/,
    true,
  ],
  ['no tokenizer', () => Promise.resolve(tinyOnnx({ 'tokenizer.json': null })), /lacks its tokenizer/, false],
  ['no graph', () => Promise.resolve(tinyOnnx({ 'onnx/model.onnx': null })), /no ONNX graph/, false],
  [
    'a kind of model that the library does not know',
    async () =>
      tinyOnnx({
        'config.json': JSON.stringify({ ...(await jsonOf('config.json')), model_type: 'oracle' }),
      }),
    /cannot run a model of the kind/,
    false,
  ],
];

test.for(cases)('%s', async ([, make, says, isDamaged]) => {
  const [bad, good] = [await make(), tinyOnnx()];
  const shelf = memoryShelf(bad, good);
  const backend = createTransformers(contextWith(shelf));
  const { last } = await ask(backend, bad.id, 'ping');
  expect(last).toMatchObject({ type: 'stream-error', error: { code: 'load-failed' } });
  expect(last).toHaveProperty('error.message', expect.stringMatching(says));
  expect(shelf.rechecked).toEqual(isDamaged ? [bad.id] : []);
  // The library poisons a worker with its first failure; ours is a new one.
  expect((await ask(backend, good.id, 'ping', { temperature: 0 })).text).toBe('pong');
  await backend.dispose();
});
