/** The tiny model converted, its graph read by ONNX Runtime and its tokenizer by Transformers.js; and what cannot be. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { convert } from '../../../../scripts/models/convert/convert.mjs';
import { type Bits, convertGguf } from '../../../../scripts/models/convert/convert-gguf.mjs';
import { OnnxGraph } from '../../../../scripts/models/convert/onnx-graph.mjs';
import { writeOnnx } from '../../../../scripts/models/convert/write-onnx.mjs';
import { changedTiny, exchanged, tinyPath, useFolder } from './tiny-gguf';

const folder = useFolder();
const files: readonly [Bits, string][] = [
  [32, 'model.onnx'],
  [8, 'model_quantized.onnx'],
  [4, 'model_q4.onnx'],
];

async function converted(bits: Bits, source = tinyPath): Promise<string> {
  const target = join(folder.path, 'result');
  await convertGguf({ source, target, bits });
  return target;
}

async function jsonOf(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
}

async function tokenizerOf(target: string): Promise<PreTrainedTokenizer> {
  const [tokenizer, config] = await Promise.all(
    ['tokenizer.json', 'tokenizer_config.json'].map((name) => jsonOf(join(target, name))),
  );
  return new PreTrainedTokenizer(tokenizer ?? {}, config ?? {});
}

/** Two layers, two heads for keys and values, of 32 values. */
function emptyCache(): Record<string, Tensor> {
  const names = [0, 1].flatMap((layer) => ['key', 'value'].map((part) => `past_key_values.${layer}.${part}`));
  return Object.fromEntries(names.map((name) => [name, new Tensor('float32', [], [1, 2, 0, 32])]));
}

const int64 = (values: readonly number[], shape: number[]) =>
  new Tensor('int64', BigInt64Array.from(values, BigInt), shape);

async function scores(
  session: InferenceSession,
  ids: readonly number[],
  cache: Record<string, Tensor>,
  length: number,
  keep = 1,
) {
  return session.run({
    input_ids: int64(ids, [1, ids.length]),
    attention_mask: int64(Array<number>(length).fill(1), [1, length]),
    num_logits_to_keep: int64([keep], []),
    ...cache,
  });
}

/** Greedy, one token after the other, until the model ends its answer. */
async function answer(target: string, file: string, prompt: string): Promise<string> {
  const tokenizer = await tokenizerOf(target);
  const session = await InferenceSession.create(await readFile(join(target, 'onnx', file)));
  const options = { add_generation_prompt: true, tokenize: true, return_tensor: false, return_dict: false };
  const prefix = tokenizer.apply_chat_template([{ role: 'user', content: prompt }], options) as number[];
  const tokens: number[] = [];
  let output = await scores(session, prefix, emptyCache(), prefix.length);
  while (tokens.length < 50) {
    const logits = output['logits']?.data as Float32Array;
    const best = logits.indexOf(Math.max(...logits));
    if (best === 2) break;
    tokens.push(best);
    const cache = Object.fromEntries(
      Object.entries(output).flatMap(([name, value]) =>
        name.startsWith('present') ? [[name.replace('present', 'past_key_values'), value]] : [],
      ),
    ) as Record<string, Tensor>;
    output = await scores(session, [best], cache, prefix.length + tokens.length);
  }
  await session.release();
  return tokenizer.decode(tokens);
}

test.for(files)(
  '%i bits: the model answers from its cache, letters of several tokens included',
  // A busy machine takes long for it.
  { timeout: 60_000 },
  async ([bits, file]) => {
    const target = await converted(bits);
    expect(await readdir(join(target, 'onnx'))).toEqual([file]);
    expect(await answer(target, file, 'unicode')).toBe('héllo 👋 世界');
    expect(await answer(target, file, 'count to ten')).toBe('1 2 3 4 5 6 7 8 9 10');
  },
);

test('8 bits are near the exact weights, and all positions can be asked for', async () => {
  const target = await converted(32);
  await convertGguf({ source: tinyPath, target: `${target}-8`, bits: 8 });
  const [exact, rounded] = await Promise.all(
    [join(target, 'onnx/model.onnx'), join(`${target}-8`, 'onnx/model_quantized.onnx')].map(async (path) => {
      const session = await InferenceSession.create(await readFile(path));
      const { logits } = await scores(session, [1, 83, 82, 201, 79], emptyCache(), 5, 0);
      expect(logits?.dims).toEqual([1, 5, 512]);
      return logits?.data as Float32Array;
    }),
  );
  const differences = exact?.map((score, index) => Math.abs(score - (rounded?.[index] ?? NaN)));
  expect(Math.max(...(differences ?? [NaN]))).toBeLessThan(0.5);
  expect(Math.max(...(differences ?? [NaN]))).toBeGreaterThan(0);
});

test('configuration, special tokens and chat template are carried over', async () => {
  const target = await converted(8);
  expect(await jsonOf(join(target, 'config.json'))).toMatchObject({
    model_type: 'llama',
    num_hidden_layers: 2,
    num_key_value_heads: 2,
    max_position_embeddings: 1024,
    tie_word_embeddings: true,
  });
  const tokenizer = await tokenizerOf(target);
  expect(tokenizer.encode('<|im_start|>user')[0]).toBe(1);
  expect(tokenizer.decode(tokenizer.encode('héllo 👋 世界\n  x'))).toBe('héllo 👋 世界\n  x');
  expect(tokenizer.apply_chat_template([{ role: 'user', content: 'ping' }], { tokenize: false })).toBe(
    '<|im_start|>user\nping<|im_end|>\n',
  );
});

test.for<[string, (bytes: Buffer) => Buffer, RegExp]>([
  ['another kind of file', () => Buffer.from('<html>Not found</html>'), /not a GGUF file/],
  ['a cut header', (bytes) => bytes.subarray(0, 4000), /not a GGUF file|is cut/],
  ['cut weights', (bytes) => bytes.subarray(0, -1), /is cut/],
  ['another architecture', (bytes) => exchanged(bytes, 'llama', 'qwen2'), /architecture is qwen2/],
  [
    'no tokenizer',
    (bytes) => exchanged(bytes, 'tokenizer.ggml.model', 'tokenizer.ggml.other'),
    /no tokenizer/,
  ],
  ['no merges', (bytes) => exchanged(bytes, 'tokenizer.ggml.merges', 'tokenizer.ggml.others'), /no merges/],
  ['unknown words', (bytes) => exchanged(bytes, 'gpt-2', 'other'), /cuts words \(other\)/],
  ['an unknown tensor', (bytes) => exchanged(bytes, 'blk.0.attn_q', 'blk.0.attn_x'), /no plain Llama has/],
  [
    'a format that is not known',
    (bytes) => {
      // After a name come the number of sizes and the one size of this tensor, 12 bytes.
      bytes.writeUInt32LE(16, bytes.indexOf('output_norm.weight') + 'output_norm.weight'.length + 12);
      return bytes;
    },
    /output_norm\.weight.* IQ2_XXS/,
  ],
  [
    'sizes that contradict each other',
    (bytes) => {
      // After a key come its type, 4 bytes, and the value.
      bytes.writeUInt32LE(
        512,
        bytes.indexOf('llama.feed_forward_length') + 'llama.feed_forward_length'.length + 4,
      );
      return bytes;
    },
    /damaged: blk\.0\.ffn_gate\.weight is 256 × 128 and should be 512 × 128/,
  ],
])('%s: says so and leaves nothing', async ([, change, message]) => {
  const source = await changedTiny(folder.path, change);
  await expect(converted(8, source)).rejects.toThrow(expect.objectContaining({ name: 'Problem' }));
  await expect(converted(8, source)).rejects.toThrow(message);
  expect(await readdir(folder.path)).toEqual(['changed.gguf']);
});

test('a folder that is there is not touched, and one that cannot be made is explained', async () => {
  await writeFile(join(folder.path, 'result'), 'mine');
  await expect(converted(8)).rejects.toThrow(/exists already/);
  const target = join(folder.path, 'result', 'inside');
  await expect(convertGguf({ source: tinyPath, target, bits: 8 })).rejects.toThrow(/could not be written/);
  expect(await readFile(join(folder.path, 'result'), 'utf8')).toBe('mine');
});

test('a graph beyond what one file holds is refused before it is written', async () => {
  const graph = new OnnxGraph();
  graph.constant('large', 'float', [2 ** 15, 2 ** 15], new Float32Array());
  await expect(writeOnnx(join(folder.path, 'large.onnx'), graph)).rejects.toThrow(/4\.3 GB/);
  expect(await readdir(folder.path)).toEqual([]);
});

test.for([[], ['--bits', '5', 'a.gguf'], ['--bytes', '8', 'a.gguf'], ['a.gguf', 'b.gguf']])(
  'convert %j explains how it is called',
  async (args) => {
    await expect(convert(args)).rejects.toThrow(/npm run models -- convert/);
  },
);

test('a file that is not there', async () => {
  await expect(converted(8, join(folder.path, 'none.gguf'))).rejects.toThrow(/cannot be opened/);
});
