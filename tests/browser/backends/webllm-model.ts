/** Models for WebLLM whose files are real as far as one can be made without WebLLM's compiler. */
import { createWebLlm } from '../../../src/backends/webllm/index';
import type { Backend } from '../../../src/core/backend';
import { type LocalModel, webLlmLibraryPath } from '../../../src/core/local-model';
import { contextWith, type MemoryShelf, memoryShelf } from './memory-shelf';

export interface MadeFile {
  readonly content: BlobPart;
  readonly sha256?: string;
}

const chatConfig = {
  tokenizer_files: ['tokenizer.json'],
  conv_template: { role_templates: { user: '{user_message}' } },
  context_window_size: 2048,
};
const weights = new Uint8Array(64);
const tensorCache = {
  metadata: { ParamSize: 1 },
  records: [{ dataPath: 'params_shard_0.bin', format: 'raw-shard', nbytes: weights.length, records: [] }],
};

/** An empty module: WebAssembly, but nothing that WebLLM could use. */
export const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const usualFiles: Readonly<Record<string, MadeFile>> = {
  'mlc-chat-config.json': { content: JSON.stringify(chatConfig) },
  'tensor-cache.json': { content: JSON.stringify(tensorCache) },
  'tokenizer.json': { content: '{}' },
  'params_shard_0.bin': { content: weights },
  [webLlmLibraryPath]: { content: emptyModule },
};

/** @param changes another content by path; undefined leaves the file out */
export function madeModel(
  changes: Readonly<Record<string, MadeFile | undefined>> = {},
  facts: Partial<LocalModel> = {},
): LocalModel {
  const files = Object.entries({ ...usualFiles, ...changes }).flatMap(([path, file]) => {
    if (!file) return [];
    const blob = new Blob([file.content]);
    const { sha256 } = file;
    return [{ path, sources: [URL.createObjectURL(blob)], bytes: blob.size, ...(sha256 && { sha256 }) }];
  });
  return {
    id: 'Made-1M-q4f32_1-MLC',
    engine: 'webllm',
    label: 'Made 1M',
    quantization: 'q4f32_1',
    files,
    ...facts,
  };
}

export function webLlmWith(...models: LocalModel[]): { backend: Backend; shelf: MemoryShelf } {
  const shelf = memoryShelf(...models);
  return { backend: createWebLlm(contextWith(shelf)), shelf };
}
