/** Every build that a folder or a repository holds, by the names of its files, and what is missing of each. */
import { ggufStem, isFirstPart, isShard, partsOf } from './choose-files';
import { type LocalEngine, webLlmLibraryPath } from './local-model';

export interface FoundBuild {
  readonly engine: LocalEngine;
  /** The file that stands for the build: a GGUF (its first part), an ONNX graph, or WebLLM's configuration. */
  readonly main: string;
  /** Absent where names do not tell it. */
  readonly quantization?: string;
  /** Files without which it cannot run; empty for a whole build. */
  readonly missing: readonly string[];
}

export const webLlmConfigPath = 'mlc-chat-config.json';
export const webLlmTensorsPath = 'tensor-cache.json';

/** The dtypes that Transformers.js names files by; `model.onnx` is fp32. */
const graphName =
  /^(.*\/)?(model|decoder_model_merged)(_fp16|_quantized|_int8|_uint8|_q4|_bnb4|_q4f16)?\.onnx$/;

/** @param paths relative to the folder or the repository, with `/` */
export function findBuilds(paths: readonly string[]): FoundBuild[] {
  return [...findGgufs(paths), ...findGraphs(paths), ...findWebLlm(paths)];
}

function findGgufs(paths: readonly string[]): FoundBuild[] {
  const models = paths.filter((path) => /\.gguf$/i.test(path) && !/mmproj|imatrix/i.test(path));
  // A split file whose first part is missing is found by any other part.
  const mains = new Set(models.map((path) => partsOf(path)[0] ?? path).filter(isFirstPart));
  return [...mains].map((main) => ({
    engine: 'wllama',
    main,
    quantization: ggufQuantization(main),
    missing: without(partsOf(main), paths),
  }));
}

function findGraphs(paths: readonly string[]): FoundBuild[] {
  // A decoder that needs an encoder, or its embeddings in a graph of their own, is no model by itself.
  const isPart = paths.some((path) => /(^|\/)(encoder_model|embed_tokens)[^/]*\.onnx$/.test(path));
  return paths
    .filter((path) => {
      const kind = graphName.exec(path)?.[2];
      return kind === 'model' || (kind === 'decoder_model_merged' && !isPart);
    })
    .map((main) => ({
      engine: 'transformers',
      main,
      quantization: onnxDtype(main),
      missing: without(['config.json', 'tokenizer.json'], paths),
    }));
}

function findWebLlm(paths: readonly string[]): FoundBuild[] {
  if (!paths.includes(webLlmConfigPath)) return [];
  const tokenizer = paths.includes('tokenizer.model') ? [] : ['tokenizer.json'];
  const shards = paths.some(isShard) ? [] : ['params_shard_0.bin'];
  const missing = [...without([webLlmTensorsPath, webLlmLibraryPath, ...tokenizer], paths), ...shards];
  return [{ engine: 'webllm', main: webLlmConfigPath, missing }];
}

function without(needed: readonly string[], paths: readonly string[]): string[] {
  return needed.filter((path) => !paths.includes(path));
}

/** `…-Q4_K_M.gguf` → `Q4_K_M`. */
export function ggufQuantization(path: string): string {
  return /(I?Q\d\w*|BF16|F16|F32|MXFP4\w*)$/i.exec(ggufStem(path))?.[1]?.toUpperCase() ?? 'GGUF';
}

/** Transformers.js names its files by dtype: `model.onnx` is fp32, `model_quantized.onnx` is q8. */
export function onnxDtype(path: string): string {
  const suffix = /_([a-z0-9]+)\.onnx$/.exec(path)?.[1];
  if (suffix === undefined || suffix === 'merged') return 'fp32';
  return suffix === 'quantized' ? 'q8' : suffix;
}
