/** The tiny model in the form that Transformers.js reads, for tests in the browser: as it is, or with a file exchanged. */
import { createTransformers } from '../../../src/backends/transformers/index';
import type { Backend } from '../../../src/core/backend';
import type { LocalModel, ModelFile } from '../../../src/core/local-model';
import { contextWith, memoryShelf } from './memory-shelf';
import configUrl from '../../fixtures/tiny-model/transformers/config.json?url';
import generationUrl from '../../fixtures/tiny-model/transformers/generation_config.json?url';
import graphUrl from '../../fixtures/tiny-model/transformers/onnx/model.onnx?url';
import tokenizerUrl from '../../fixtures/tiny-model/transformers/tokenizer.json?url';
import tokenizerConfigUrl from '../../fixtures/tiny-model/transformers/tokenizer_config.json?url';

const urls: Readonly<Record<string, string>> = {
  'config.json': configUrl,
  'generation_config.json': generationUrl,
  'tokenizer.json': tokenizerUrl,
  'tokenizer_config.json': tokenizerConfigUrl,
  'onnx/model.onnx': graphUrl,
};

/** @param exchanged other contents by path; null leaves the file out. Every call gives a model of its own name. */
export function tinyOnnx(
  exchanged: Readonly<Record<string, BlobPart | null>> = {},
  changes: Partial<LocalModel> = {},
): LocalModel {
  const paths = [...new Set([...Object.keys(urls), ...Object.keys(exchanged)])];
  const files = paths
    .filter((path) => exchanged[path] !== null)
    .map((path): ModelFile => {
      const content = exchanged[path];
      const source = content === undefined || content === null ? urls[path] : urlOf(content);
      return { path, sources: source === undefined ? [] : [source], bytes: 1 };
    });
  const id = `tiny-onnx-${crypto.randomUUID()}`;
  return { id, engine: 'transformers', label: 'Tiny ONNX', quantization: 'fp32', files, ...changes };
}

/** One of the model's own files, to be changed by a test. */
export async function fileOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = urls[path];
  if (url === undefined) throw new Error(`The tiny model has no ${path}.`);
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

export async function jsonOf(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(new TextDecoder().decode(await fileOf(path))) as Record<string, unknown>;
}

export function onnxBackend(...models: LocalModel[]): Backend {
  return createTransformers(contextWith(memoryShelf(...models)));
}

function urlOf(content: BlobPart): string {
  return URL.createObjectURL(new Blob([content]));
}
