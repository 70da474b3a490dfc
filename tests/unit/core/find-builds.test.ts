/** Which builds a list of names holds, what each lacks, and which files belong to it. */
import { describe, expect, it } from 'vitest';
import { chooseFiles, ggufStem, partsOf } from '../../../src/core/choose-files';
import { findBuilds, ggufQuantization, onnxDtype } from '../../../src/core/find-builds';

const texts = ['config.json', 'tokenizer.json'];
const split = (stem: string, ...numbers: number[]): string[] =>
  numbers.map((number) => `${stem}-0000${number}-of-00003.gguf`);

describe('findBuilds', () => {
  it('finds whole and split GGUF files, and no projectors and statistics', () => {
    const paths = [
      'README.md',
      'm-Q4_K_M.gguf',
      'mmproj-m-F16.gguf',
      'm.imatrix.gguf',
      ...split('Q8_0/m-Q8_0', 1, 2, 3),
    ];
    expect(findBuilds(paths)).toEqual([
      { engine: 'wllama', main: 'm-Q4_K_M.gguf', quantization: 'Q4_K_M', missing: [] },
      { engine: 'wllama', main: 'Q8_0/m-Q8_0-00001-of-00003.gguf', quantization: 'Q8_0', missing: [] },
    ]);
  });

  it('names the parts that a split file lacks, the first one too', () => {
    expect(findBuilds(split('m', 2, 3)).map(({ missing }) => missing)).toEqual([split('m', 1)]);
    expect(findBuilds(split('m', 1)).map(({ missing }) => missing)).toEqual([split('m', 2, 3)]);
  });

  it('finds one build per dtype, and no graphs of other programs', () => {
    const graphs = [
      'model.onnx',
      'model_quantized.onnx',
      'model_q4f16.onnx',
      'model_O4.onnx',
      'model_opt.onnx',
    ];
    const paths = [...texts, ...graphs.map((name) => `onnx/${name}`)];
    expect(findBuilds(paths).map(({ main, quantization }) => [main, quantization])).toEqual([
      ['onnx/model.onnx', 'fp32'],
      ['onnx/model_quantized.onnx', 'q8'],
      ['onnx/model_q4f16.onnx', 'q4f16'],
    ]);
  });

  it('takes a merged decoder for a model only where nothing has to run before it', () => {
    const decoder = 'onnx/decoder_model_merged_q4.onnx';
    expect(findBuilds([...texts, decoder]).map(({ main }) => main)).toEqual([decoder]);
    expect(findBuilds([...texts, decoder, 'onnx/embed_tokens_q4.onnx'])).toEqual([]);
    expect(findBuilds([...texts, decoder, 'onnx/encoder_model.onnx'])).toEqual([]);
  });

  it('names what a folder for Transformers.js lacks', () => {
    expect(findBuilds(['onnx/model.onnx', 'config.json'])[0]?.missing).toEqual(['tokenizer.json']);
  });

  it('names what a folder for WebLLM lacks', () => {
    const whole = [
      'mlc-chat-config.json',
      'tensor-cache.json',
      'tokenizer.json',
      'params_shard_0.bin',
      'model-library.wasm',
    ];
    expect(findBuilds(whole)).toEqual([{ engine: 'webllm', main: 'mlc-chat-config.json', missing: [] }]);
    for (const name of whole.slice(1)) {
      const rest = whole.filter((one) => one !== name);
      expect(findBuilds(rest).map(({ missing }) => missing)).toEqual([[name]]);
    }
    const older = whole.map((name) => (name === 'tokenizer.json' ? 'tokenizer.model' : name));
    expect(findBuilds(older)[0]?.missing).toEqual([]);
  });
});

describe('chooseFiles', () => {
  const paths = [
    ...texts,
    'tokenizer_config.json',
    'README.md',
    'onnx/model.onnx',
    'onnx/model.onnx_data',
    'onnx/model_q4.onnx',
    'onnx/model_q4.onnx_data_1',
    'onnx/model_q4.onnx_data',
  ];

  it('takes a graph with its own weights and the texts beside it', () => {
    expect(chooseFiles('transformers', paths, 'onnx/model_q4.onnx')).toEqual([
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      'onnx/model_q4.onnx',
      'onnx/model_q4.onnx_data',
      'onnx/model_q4.onnx_data_1',
    ]);
    expect(chooseFiles('transformers', paths, 'onnx/model_fp16.onnx')).toEqual([]);
    expect(chooseFiles('transformers', paths, undefined)).toEqual([]);
  });

  it('takes all parts of a split file in order, whatever order they are listed in', () => {
    const listed = ['other.gguf', ...split('m', 3, 1, 2), ...split('n', 1)];
    expect(chooseFiles('wllama', listed, 'm-00001-of-00003.gguf')).toEqual(split('m', 1, 2, 3));
    expect(chooseFiles('wllama', listed, 'other.gguf')).toEqual(['other.gguf']);
    expect(chooseFiles('wllama', listed, undefined)).toEqual([]);
  });

  it('takes what WebLLM reads, and not the weights of another format beside it', () => {
    const webLlm = ['mlc-chat-config.json', 'tensor-cache.json', 'params_shard_0.bin', 'tokenizer.json'];
    expect(
      chooseFiles('webllm', [...webLlm, 'm.gguf', 'logs.txt', 'sub/params_shard_1.bin'], undefined),
    ).toEqual(webLlm);
  });
});

it.each([
  ['SmolLM2-135M-Instruct.Q4_1.gguf', 'Q4_1'],
  ['qwen2.5-0.5b-instruct-q4_k_m.gguf', 'Q4_K_M'],
  ['Model-UD-IQ2_XXS.gguf', 'IQ2_XXS'],
  ['model-BF16-00001-of-00002.gguf', 'BF16'],
  ['gpt-oss-20b-mxfp4.gguf', 'MXFP4'],
  ['model.gguf', 'GGUF'],
])('%s is quantized as %s', (path, quantization) => {
  expect(ggufQuantization(path)).toBe(quantization);
});

it.each([
  ['onnx/model.onnx', 'fp32'],
  ['onnx/model_fp16.onnx', 'fp16'],
  ['onnx/decoder_model_merged.onnx', 'fp32'],
  ['onnx/decoder_model_merged_q4f16.onnx', 'q4f16'],
  ['onnx/model_quantized.onnx', 'q8'],
])('%s has the dtype %s', (path, dtype) => {
  expect(onnxDtype(path)).toBe(dtype);
});

it('knows the parts of a split file by any one of them, and the name that they share', () => {
  expect(partsOf('a/m-00002-of-00003.gguf')).toEqual(split('a/m', 1, 2, 3));
  expect(partsOf('m.gguf')).toEqual(['m.gguf']);
  expect([ggufStem('m-00001-of-00003.gguf'), ggufStem('m.GGUF')]).toEqual(['m', 'm']);
});
