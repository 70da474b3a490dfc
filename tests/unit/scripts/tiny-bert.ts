/** A BERT of two layers with weights by formula, as a safetensors file, and what it makes of token ids, reckoned plainly. */
import { writeFile } from 'node:fs/promises';

export const tinyShape = {
  layers: 2,
  width: 8,
  feedForward: 16,
  heads: 2,
  vocabulary: 12,
  positions: 10,
  epsilon: 1e-12,
};
const { layers, width, feedForward, heads, vocabulary, positions, epsilon } = tinyShape;

type Tensors = ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>;

function tinyTensors(): Tensors {
  const tensors = new Map<string, { shape: number[]; values: Float32Array }>();
  const add = (name: string, ...shape: number[]) => {
    const seed = tensors.size + 1;
    const size = shape.reduce((product, one) => product * one, 1);
    const values = Float32Array.from({ length: size }, (_, index) => Math.sin(seed * 7.3 + index * 1.7) / 2);
    tensors.set(name, { shape, values });
  };
  const addLinear = (name: string, rows: number, columns: number) => {
    add(`${name}.weight`, rows, columns);
    add(`${name}.bias`, rows);
  };
  const addNorm = (name: string) => {
    add(`${name}.weight`, width);
    add(`${name}.bias`, width);
  };
  add('embeddings.word_embeddings.weight', vocabulary, width);
  add('embeddings.position_embeddings.weight', positions, width);
  add('embeddings.token_type_embeddings.weight', 2, width);
  addNorm('embeddings.LayerNorm');
  for (let layer = 0; layer < layers; layer += 1) {
    const at = `encoder.layer.${layer}`;
    for (const part of ['query', 'key', 'value']) addLinear(`${at}.attention.self.${part}`, width, width);
    addLinear(`${at}.attention.output.dense`, width, width);
    addNorm(`${at}.attention.output.LayerNorm`);
    addLinear(`${at}.intermediate.dense`, feedForward, width);
    addLinear(`${at}.output.dense`, width, feedForward);
    addNorm(`${at}.output.LayerNorm`);
  }
  return tensors;
}

export async function writeTinyBert(path: string): Promise<void> {
  let at = 0;
  const entries = [...tinyTensors()].map(([name, { shape, values }]) => {
    const begin = at;
    at += values.byteLength;
    return [name, { dtype: 'F32', shape, data_offsets: [begin, at] }] as const;
  });
  const header = Buffer.from(
    JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const contents = [...tinyTensors().values()].map(({ values }) => Buffer.from(values.buffer));
  await writeFile(path, Buffer.concat([length, header, ...contents]));
}

/** @returns one vector per token */
export function tinyStates(ids: readonly number[]): number[][] {
  const tensors = tinyTensors();
  const get = (name: string) => tensors.get(name)?.values ?? new Float32Array();
  const row = (name: string, index: number) => [...get(name).subarray(index * width, (index + 1) * width)];
  const add = (a: readonly number[], b: ArrayLike<number>) =>
    a.map((value, index) => value + (b[index] ?? NaN));
  const linear = (name: string, input: readonly number[]) =>
    [...get(`${name}.bias`)].map((bias, out) =>
      input.reduce(
        (sum, value, index) => sum + value * (get(`${name}.weight`)[out * input.length + index] ?? NaN),
        bias,
      ),
    );
  const norm = (name: string, input: readonly number[]) => {
    const mean = input.reduce((sum, value) => sum + value) / width;
    const variance = input.reduce((sum, value) => sum + (value - mean) ** 2, 0) / width;
    return input.map((value, index) => {
      const scaled = (value - mean) / Math.sqrt(variance + epsilon);
      return scaled * (get(`${name}.weight`)[index] ?? NaN) + (get(`${name}.bias`)[index] ?? NaN);
    });
  };
  let states = ids.map((id, position) =>
    norm(
      'embeddings.LayerNorm',
      add(
        add(
          row('embeddings.word_embeddings.weight', id),
          row('embeddings.position_embeddings.weight', position),
        ),
        row('embeddings.token_type_embeddings.weight', 0),
      ),
    ),
  );
  const size = width / heads;
  for (let layer = 0; layer < layers; layer += 1) {
    const at = `encoder.layer.${layer}`;
    const [queries = [], keys = [], values = []] = ['query', 'key', 'value'].map((part) =>
      states.map((state) => linear(`${at}.attention.self.${part}`, state)),
    );
    const attended = queries.map((query) =>
      Array.from({ length: heads }, (_, head) => {
        const part = (vector: readonly number[]) => vector.slice(head * size, (head + 1) * size);
        const own = part(query);
        const scores = keys.map((key) =>
          part(key).reduce((sum, value, i) => sum + value * (own[i] ?? NaN), 0),
        );
        const shares = scores.map((score) => Math.exp(score / Math.sqrt(size)));
        const total = shares.reduce((sum, share) => sum + share);
        return own.map((_unused, i) =>
          values.reduce(
            (sum, value, key) => sum + (part(value)[i] ?? NaN) * ((shares[key] ?? NaN) / total),
            0,
          ),
        );
      }).flat(),
    );
    states = states.map((state, position) => {
      const projected = linear(`${at}.attention.output.dense`, attended[position] ?? []);
      const between = norm(`${at}.attention.output.LayerNorm`, add(projected, state));
      const up = linear(`${at}.intermediate.dense`, between).map((value) => value * normalShare(value));
      return norm(`${at}.output.LayerNorm`, add(linear(`${at}.output.dense`, up), between));
    });
  }
  return states;
}

/** The normal distribution up to here, by summing its density: slow, and right to eight digits. */
function normalShare(value: number): number {
  const steps = 4000;
  const width = value / steps;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) sum += Math.exp(-(((step + 0.5) * width) ** 2) / 2) * width;
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}
