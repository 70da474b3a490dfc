/** The parts of a Llama that the tiny model lacks, put into it so that its answers must stay the same. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floatEncoding } from '../../../../scripts/models/convert/float-encoding.mjs';
import { GgufFile } from '../../../../scripts/models/convert/gguf-file.mjs';
import { int8Encoding } from '../../../../scripts/models/convert/int8-encoding.mjs';
import { llamaGraph } from '../../../../scripts/models/convert/llama-graph.mjs';
import { llamaShape } from '../../../../scripts/models/convert/llama-shape.mjs';
import { writeOnnx } from '../../../../scripts/models/convert/write-onnx.mjs';
import { tinyPath, useFolder } from './tiny-gguf';

type Source = Parameters<typeof llamaGraph>[0] & Pick<GgufFile, 'metadata'>;

const folder = useFolder();
let tiny: GgufFile;

beforeAll(async () => {
  tiny = await GgufFile.open(tinyPath);
});
afterAll(() => tiny.close());

/** The tiny model with one tensor more. */
function withTensor(name: string, shape: readonly number[], values: () => Promise<Float32Array>): Source {
  const tensor = { shape, values: 0, type: 0, offset: 0 };
  return {
    metadata: tiny.metadata,
    tensors: new Map([...tiny.tensors, [name, tensor]]),
    read: (wanted) => (wanted === name ? values() : tiny.read(wanted)),
  };
}

async function scoresOf(source: Source, encoding = floatEncoding): Promise<number[]> {
  const path = join(folder.path, `${crypto.randomUUID()}.onnx`);
  await writeOnnx(path, await llamaGraph(source, llamaShape(source), encoding));
  const session = await InferenceSession.create(await readFile(path));
  const ids = [1n, 83n, 82n, 201n, 79n];
  const past = [0, 1].flatMap((layer) => ['key', 'value'].map((part) => `past_key_values.${layer}.${part}`));
  const output = await session.run({
    input_ids: new Tensor('int64', BigInt64Array.from(ids), [1, ids.length]),
    attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]),
    num_logits_to_keep: new Tensor('int64', [1n], []),
    ...Object.fromEntries(past.map((name) => [name, new Tensor('float32', [], [1, 2, 0, 32])])),
  });
  await session.release();
  return [...(output['logits']?.data as Float32Array)];
}

function expectSame(scores: readonly number[], expected: readonly number[]): void {
  expect(scores).toHaveLength(expected.length);
  scores.forEach((score, index) => expect(score).toBeCloseTo(expected[index] ?? NaN, 3));
}

test.for([floatEncoding, int8Encoding])('an output layer of its own: %o', async (encoding) => {
  const source = withTensor('output.weight', [512, 128], () => tiny.read('token_embd.weight'));
  expect(llamaShape(source).isTied).toBe(false);
  expectSame(await scoresOf(source, encoding), await scoresOf(tiny, encoding));
});

test('factors of the rotation are used: ones change nothing, others do', async () => {
  const factors = (value: number) =>
    withTensor('rope_freqs.weight', [16], () => Promise.resolve(new Float32Array(16).fill(value)));
  const usual = await scoresOf(tiny);
  expectSame(await scoresOf(factors(1)), usual);
  const slower = await scoresOf(factors(2));
  expect(Math.max(...slower.map((score, index) => Math.abs(score - (usual[index] ?? 0))))).toBeGreaterThan(
    0.1,
  );
});
