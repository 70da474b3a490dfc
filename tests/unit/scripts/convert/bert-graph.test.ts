/** The graph of a BERT in ONNX Runtime, against the same network reckoned plainly. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-web';
import { expect, test } from 'vitest';
import { bertGraph } from '../../../../scripts/models/convert/bert-graph.mjs';
import { floatEncoding } from '../../../../scripts/models/convert/float-encoding.mjs';
import { int8Encoding } from '../../../../scripts/models/convert/int8-encoding.mjs';
import { SafetensorsFile } from '../../../../scripts/models/convert/safetensors-file.mjs';
import { writeOnnx } from '../../../../scripts/models/convert/write-onnx.mjs';
import { tinyShape, tinyStates, writeTinyBert } from '../tiny-bert';
import { useFolder } from './tiny-gguf';

const folder = useFolder();
const ids = [3, 0, 11, 7, 7];

async function statesOf(encoding: typeof floatEncoding, filled = 0): Promise<number[]> {
  const weights = join(folder.path, `${crypto.randomUUID()}.safetensors`);
  await writeTinyBert(weights);
  const file = await SafetensorsFile.open(weights);
  const path = join(folder.path, `${crypto.randomUUID()}.onnx`);
  await writeOnnx(path, bertGraph(file, tinyShape, encoding));
  await file.close();
  const session = await InferenceSession.create(await readFile(path));
  const length = ids.length + filled;
  const row = (values: readonly number[]) =>
    new Tensor(
      'int64',
      BigInt64Array.from({ length }, (_, index) => BigInt(values[index] ?? 0)),
      [1, length],
    );
  const output = await session.run({ input_ids: row(ids), attention_mask: row(ids.map(() => 1)) });
  await session.release();
  return [...(output['last_hidden_state']?.data as Float32Array)].slice(0, ids.length * tinyShape.width);
}

test.for([
  [floatEncoding, 4],
  [int8Encoding, 1],
] as const)('%o', async ([encoding, digits]) => {
  const states = await statesOf(encoding);
  const expected = tinyStates(ids).flat();
  expect(states).toHaveLength(expected.length);
  states.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? NaN, digits));
});

test('what a text is filled up with changes nothing', async () => {
  const [states, filled] = [await statesOf(floatEncoding), await statesOf(floatEncoding, 3)];
  filled.forEach((value, index) => expect(value).toBeCloseTo(states[index] ?? NaN, 4));
});

test('weights of another shape, and files of another kind, are refused in plain words', async () => {
  const weights = join(folder.path, 'other.safetensors');
  await writeTinyBert(weights);
  const file = await SafetensorsFile.open(weights);
  expect(() => bertGraph(file, { ...tinyShape, feedForward: 32 }, floatEncoding)).toThrow(
    'encoder.layer.0.intermediate.dense.weight is 16 × 8 and should be 32 × 8',
  );
  await file.close();
  await writeFile(weights, '<html>Please log in</html>');
  await expect(SafetensorsFile.open(weights)).rejects.toThrow('is not a safetensors file that can be read');
});
