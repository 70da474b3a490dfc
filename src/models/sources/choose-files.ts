/** Which files of a repository make up one build. Pure: names in, names out. */
import type { LocalEngine } from '../../core/local-model';

/** What Transformers.js reads beside the graph; those that are there. */
const transformersTexts = [
  'config.json',
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'chat_template.jinja',
  'special_tokens_map.json',
];

/** What WebLLM reads beside the weights. */
const webLlmTexts =
  /^(mlc-chat-config|tensor-cache|tokenizer|tokenizer_config|vocab|added_tokens)\.json$|^merges\.txt$|^tokenizer\.model$/;

const splitName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/;

/** @param main the weights: a GGUF (the first part where it is split) or an ONNX graph; not asked of WebLLM */
export function chooseFiles(
  engine: LocalEngine,
  paths: readonly string[],
  main: string | undefined,
): string[] {
  switch (engine) {
    case 'wllama':
      return main === undefined ? [] : partsOf(main, paths);
    case 'transformers': {
      if (main === undefined) return [];
      // `model.onnx_data`, `model.onnx_data_1`, …: weights beyond the 2 GB that one protobuf can hold.
      const external = paths.filter((path) => path.startsWith(`${main}_data`));
      return [...transformersTexts.filter((name) => paths.includes(name)), main, ...external];
    }
    case 'webllm':
      return paths.filter((path) => webLlmTexts.test(path) || /^params_shard_\d+\.bin$/.test(path));
  }
}

/** All parts in order, of a file split by `llama-gguf-split`; just the file where it is whole. */
export function partsOf(main: string, paths: readonly string[]): string[] {
  const match = splitName.exec(main);
  if (!match) return [main];
  const [, stem = '', , count = ''] = match;
  return paths
    .filter((path) => {
      const part = splitName.exec(path);
      return part?.[1] === stem && part[3] === count;
    })
    .sort();
}

/** Every build that a repository offers to the engines that need no compiled library. */
export function findBuilds(
  paths: readonly string[],
): { engine: LocalEngine; main: string; quantization: string }[] {
  const ggufs = paths
    .filter((path) => path.endsWith('.gguf') && !/mmproj|imatrix/i.test(path))
    .filter((path) => splitName.exec(path)?.[2] === undefined || splitName.exec(path)?.[2] === '00001')
    .map((main) => ({ engine: 'wllama' as const, main, quantization: ggufQuantization(main) }));
  const hasTokenizer = paths.includes('tokenizer.json') && paths.includes('config.json');
  const graphs = paths
    .filter((path) => hasTokenizer && /(^|\/)(model|decoder_model_merged)(_[a-z0-9]+)?\.onnx$/.test(path))
    .map((main) => ({ engine: 'transformers' as const, main, quantization: onnxDtype(main) }));
  return [...ggufs, ...graphs];
}

/** `…-Q4_K_M.gguf` → `Q4_K_M`. */
export function ggufQuantization(path: string): string {
  return (
    /(I?Q\d\w*|BF16|F16|F32|MXFP4\w*)(?:-\d{5}-of-\d{5})?\.gguf$/i.exec(path)?.[1]?.toUpperCase() ?? 'GGUF'
  );
}

/** Transformers.js names its files by dtype: `model.onnx` is fp32, `model_quantized.onnx` is q8. */
export function onnxDtype(path: string): string {
  const suffix = /_([a-z0-9]+)\.onnx$/.exec(path)?.[1];
  if (suffix === undefined || suffix === 'merged') return 'fp32';
  return suffix === 'quantized' ? 'q8' : suffix;
}
