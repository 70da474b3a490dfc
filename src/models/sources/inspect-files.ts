/** Model files from a person's disk: what they are and whether they are complete, before they are copied. */
import { BackendError } from '../../core/backend-error';
import { chooseFiles, ggufStem, partsOf } from '../../core/choose-files';
import { configFacts } from '../../core/config-facts';
import { ggufQuantization, onnxDtype } from '../../core/find-builds';
import type { LocalModel } from '../../core/local-model';
import type { OpenedFile } from '../../core/model-shelf';
import { readGguf } from './read-gguf';

export interface InspectedFiles {
  readonly model: LocalModel;
  /** The chosen files under their paths in the model. */
  readonly files: readonly OpenedFile[];
}

/** @throws BackendError that says which file is missing or damaged */
export async function inspectFiles(chosen: readonly File[], signal: AbortSignal): Promise<InspectedFiles> {
  const names = chosen.map(({ name }) => name);
  const gguf = chosen
    .filter(({ name }) => /\.gguf$/i.test(name))
    .sort((a, b) => a.name.localeCompare(b.name));
  if (gguf[0]) return inspectGguf(gguf[0], gguf, signal);
  const graph = chosen.find(({ name }) => name.endsWith('.onnx'));
  if (graph) return inspectOnnx(graph, chosen);
  throw new BackendError('bad-request', `${names.join(', ')}: no model file is among them.`, {
    hint: 'Choose a .gguf file, or an .onnx file together with its config.json and tokenizer.json.',
  });
}

async function inspectGguf(first: File, all: readonly File[], signal: AbortSignal): Promise<InspectedFiles> {
  const { name, contextLength, shape, leastBytes } = await readGguf(first, signal);
  if (first.size < leastBytes) {
    throw new BackendError(
      'bad-request',
      `${first.name} is cut: its last ${leastBytes - first.size} bytes or more are missing.`,
      {
        hint: 'Download it again; what is in this browser was not touched.',
      },
    );
  }
  const parts = partsOf(first.name);
  const files = all
    .filter((file) => parts.includes(file.name))
    .map((file) => ({ path: file.name, blob: file }));
  if (files.length < parts.length) {
    throw new BackendError(
      'bad-request',
      `${first.name} is one of ${parts.length} parts, and ${files.length} were chosen.`,
      {
        hint: 'Choose all parts together.',
      },
    );
  }
  const stem = ggufStem(first.name);
  return {
    files,
    model: {
      id: `disk/${stem}`,
      engine: 'wllama',
      label: name ?? stem,
      quantization: ggufQuantization(first.name),
      files: files.map(({ path, blob }) => ({ path, sources: [], bytes: blob.size })),
      ...(contextLength !== undefined && { contextLength }),
      ...(shape && { shape }),
    },
  };
}

async function inspectOnnx(graph: File, chosen: readonly File[]): Promise<InspectedFiles> {
  for (const needed of ['config.json', 'tokenizer.json']) {
    if (!chosen.some(({ name }) => name === needed)) {
      throw new BackendError('bad-request', `${graph.name} needs its ${needed}.`, {
        hint: 'Choose the model, config.json, tokenizer.json and, where there is one, tokenizer_config.json together.',
      });
    }
  }
  const config = await readConfig(chosen);
  const isWeights = (name: string): boolean => name.endsWith('.onnx') || name.includes('.onnx_data');
  const found = chosen.map((file) => ({
    path: isWeights(file.name) ? `onnx/${file.name}` : file.name,
    blob: file,
  }));
  const wanted = chooseFiles(
    'transformers',
    found.map(({ path }) => path),
    `onnx/${graph.name}`,
  );
  const files = found.filter(({ path }) => wanted.includes(path));
  const names = [config['_name_or_path'], config['model_type'], graph.name];
  const label = names.find((name) => typeof name === 'string' && name !== '') as string;
  const { contextLength, shape } = configFacts(config);
  return {
    files,
    model: {
      id: `disk/${label}-${graph.size}`,
      engine: 'transformers',
      label,
      quantization: onnxDtype(graph.name),
      files: files.map(({ path, blob }) => ({ path, sources: [], bytes: blob.size })),
      ...(contextLength !== undefined && { contextLength }),
      ...(shape && { shape }),
    },
  };
}

async function readConfig(chosen: readonly File[]): Promise<Record<string, unknown>> {
  try {
    const text = await chosen.find(({ name }) => name === 'config.json')?.text();
    return JSON.parse(text ?? '{}') as Record<string, unknown>;
  } catch (thrown) {
    throw new BackendError('bad-request', 'config.json is not JSON.', {}, thrown);
  }
}
