/** Which files make up one build of a model, by their names alone: the same for the hub, our own origin and a disk. */
import { type LocalEngine, webLlmLibraryPath } from './local-model';

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

const splitName = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i;

/** @param main the weights: a GGUF (the first part where it is split) or an ONNX graph; not asked of WebLLM */
export function chooseFiles(
  engine: LocalEngine,
  paths: readonly string[],
  main: string | undefined,
): string[] {
  switch (engine) {
    case 'wllama': {
      const wanted = main === undefined ? [] : partsOf(main);
      return wanted.filter((path) => paths.includes(path));
    }
    case 'transformers': {
      if (main === undefined || !paths.includes(main)) return [];
      // `model.onnx_data`, `model.onnx_data_1`, …: weights beyond the 2 GB that one protobuf can hold.
      const external = paths.filter((path) => path.startsWith(`${main}_data`)).sort();
      return [...transformersTexts.filter((name) => paths.includes(name)), main, ...external];
    }
    case 'webllm':
      return paths.filter((path) => webLlmTexts.test(path) || isShard(path) || path === webLlmLibraryPath);
  }
}

/** The names of all parts in order, of a file split by `llama-gguf-split`; just the file where it is whole. */
export function partsOf(main: string): string[] {
  const [, stem, , count = ''] = splitName.exec(main) ?? [];
  if (stem === undefined) return [main];
  const numbers = Array.from({ length: Number(count) }, (_, index) => String(index + 1).padStart(5, '0'));
  return numbers.map((number) => `${stem}-${number}-of-${count}${main.slice(-'.gguf'.length)}`);
}

/** False for the second and later parts of a split file. */
export function isFirstPart(path: string): boolean {
  const number = splitName.exec(path)?.[2];
  return number === undefined || number === '00001';
}

/** `NAME-00001-of-00003.gguf` and `NAME.gguf` → `NAME`. */
export function ggufStem(path: string): string {
  return path.replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '');
}

/** One of the files that hold WebLLM's weights. */
export function isShard(path: string): boolean {
  return /^params_shard_\d+\.bin$/.test(path);
}
