/** Model files from a person's disk: what they are and whether they are complete, before they are copied. */
import * as v from 'valibot';
import { BackendError } from '../../core/backend-error';
import { chooseFiles, ggufStem, partsOf } from '../../core/choose-files';
import { configFacts } from '../../core/config-facts';
import { findBuilds, ggufQuantization } from '../../core/find-builds';
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
  const graphs = chosen.filter(({ name }) => name.endsWith('.onnx'));
  if (graphs.length > 1) throw severalModels(graphs);
  if (graphs[0]) return inspectOnnx(graphs[0], chosen);
  throw new BackendError('bad-request', `${names.join(', ')}: no model file is among them.`, {
    hint: 'Choose a .gguf file, or an .onnx file together with its config.json and tokenizer.json.',
  });
}

function severalModels(files: readonly File[]): BackendError {
  const names = files.map(({ name }) => name).join(', ');
  return new BackendError('bad-request', `${names}: these are several models.`, {
    hint: 'Choose one model at a time, with all its files.',
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
  if (files.length < all.length) throw severalModels(all);
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
  const isWeights = (name: string): boolean => name.endsWith('.onnx') || name.includes('.onnx_data');
  const found = chosen.map((file) => ({
    path: isWeights(file.name) ? `onnx/${file.name}` : file.name,
    blob: file,
  }));
  const paths = found.map(({ path }) => path);
  const build = findBuilds(paths).find(({ engine }) => engine === 'transformers');
  if (!build) {
    throw new BackendError('bad-request', `${graph.name} is not a graph that this page can run by itself.`, {
      hint: 'Its name has to be that of a model for Transformers.js, such as model.onnx or model_q4.onnx.',
    });
  }
  if (build.missing.length > 0) {
    throw new BackendError('bad-request', `${graph.name} needs its ${build.missing.join(' and ')}.`, {
      hint: 'Choose the model, config.json, tokenizer.json and, where there is one, tokenizer_config.json together.',
    });
  }
  const config = await readConfig(chosen);
  const wanted = chooseFiles('transformers', paths, build.main);
  const files = found.filter(({ path }) => wanted.includes(path));
  const { _name_or_path: name, model_type: type } = config;
  const [label = graph.name] = [name, type].filter((text) => typeof text === 'string').filter(Boolean);
  const { quantization } = build;
  const { contextLength, shape } = configFacts(config);
  return {
    files,
    model: {
      id: `disk/${label}-${graph.size}`,
      engine: 'transformers',
      label,
      ...(quantization !== undefined && { quantization }),
      files: files.map(({ path, blob }) => ({ path, sources: [], bytes: blob.size })),
      ...(contextLength !== undefined && { contextLength }),
      ...(shape && { shape }),
    },
  };
}

async function readConfig(chosen: readonly File[]): Promise<Readonly<Record<string, unknown>>> {
  const text = (await chosen.find(({ name }) => name === 'config.json')?.text()) ?? '';
  const config = v.safeParse(v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown())), text);
  if (config.success) return config.output;
  throw new BackendError('bad-request', 'config.json is not a model’s configuration.', {
    said: config.issues[0].message,
    hint: 'It may be a web page that was saved under this name. Download it again.',
  });
}
