import { expect, test } from 'vitest';
import { sha256Of } from '../../../../src/backends/shared/sha256-of';
import { weightsOf } from '../../../../src/backends/shared/weights-of';

const file = (path: string, bytes: number, sha256: string | undefined, ...sources: string[]) => {
  return { path, bytes, sources, sha256 };
};

test('the largest file stands for the weights, and its address names the repository and its revision', () => {
  const files = [
    file('config.json', 900, undefined, '/models/m/config.json'),
    file(
      'onnx/model.onnx',
      9_000_000,
      'ab'.repeat(32),
      '/models/m/onnx/model.onnx',
      'https://mirror.test/hub/HuggingFaceTB/SmolLM2-135M/resolve/12fd25f/onnx/model.onnx',
    ),
  ];
  expect(weightsOf({ files })).toEqual({
    digest: `sha256:${'ab'.repeat(32)}`,
    source: 'HuggingFaceTB/SmolLM2-135M@12fd25f',
  });
});

test('files of this computer tell nothing, and nothing is made up', () => {
  expect(weightsOf({ files: [file('m.gguf', 5, undefined)] })).toEqual({});
});

test('SHA-256 as the standard gives it for “abc”', async () => {
  // FIPS 180-4, the example of one block.
  expect(await sha256Of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
