/** Which models lie in the models folder, with what is noted about them and what their own files tell. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { chooseFiles, ggufStem } from '../../src/core/choose-files';
import { configFacts } from '../../src/core/config-facts';
import { findBuilds, type FoundBuild, webLlmTensorsPath } from '../../src/core/find-builds';
import type { LocalModel, ModelFile } from '../../src/core/local-model';
import { relayPaths } from '../contract';
import { listFolderFiles } from './folder-files';
import { type ModelNote, type NotedFile, readModelNotes } from './model-notes';

/** Bytes by path below the models folder. */
type Sizes = ReadonlyMap<string, number>;

const tensorList = v.object({ records: v.array(v.object({ dataPath: v.string() })) });

export class ModelsFolder {
  readonly #directory: string;
  readonly #said = new Set<string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Looked up anew each time, so a file that is put there shows after a reload. */
  async list(): Promise<LocalModel[]> {
    const [found, notes] = await Promise.all([
      listFolderFiles(this.#directory),
      readModelNotes(this.#directory, (sentence) => this.#sayOnce(sentence)),
    ]);
    const sizes = new Map(found.map(({ path, bytes }) => [path, bytes]));
    // Directly in the folder each GGUF is a model; a folder in it is one model in the hub's layout.
    const folders = new Set([...sizes.keys()].map(folderOf));
    const models = await Promise.all([...folders].map((folder) => this.#modelsIn(folder, sizes, notes)));
    return models.flat();
  }

  async #modelsIn(folder: string, sizes: Sizes, notes: readonly ModelNote[]): Promise<LocalModel[]> {
    const inFolder = [...sizes.keys()].filter((path) => folderOf(path) === folder);
    const paths = inFolder.map((path) => path.slice(folder.length));
    const models: LocalModel[] = [];
    for (const build of findBuilds(paths)) {
      const path = folder + build.main;
      // A note about a file of another size is about another file.
      const note = notes.find(({ main }) => main.file === path && isThere(main, sizes));
      const noted = note?.parts.filter((part) => !isThere(part, sizes)) ?? [];
      const shards = build.missing.includes(webLlmTensorsPath) ? [] : await this.#shards(folder, build);
      const missing = new Set([
        ...build.missing.map((name) => folder + name),
        ...noted.map(({ file }) => file),
        ...shards.filter((shard) => !sizes.has(shard)),
      ]);
      if (missing.size > 0) this.#sayOnce(incomplete(path, [...missing]));
      else models.push(await this.#describe(folder, build, paths, sizes, note));
    }
    return models;
  }

  async #describe(
    folder: string,
    { engine, main, quantization }: FoundBuild,
    paths: readonly string[],
    sizes: Sizes,
    note: ModelNote | undefined,
  ): Promise<LocalModel> {
    const config = folder + (engine === 'webllm' ? main : 'config.json');
    const sums = new Map(note && [note.main, ...note.parts].map(({ file, sha256 }) => [file, sha256]));
    const stem = ggufStem(main);
    return {
      id: folder === '' ? stem : folder + main,
      engine,
      label: folder === '' ? stem : folder.slice(0, -1),
      ...(quantization !== undefined && { quantization }),
      ...(engine !== 'wllama' && configFacts(await this.#readJson(config))),
      ...note?.facts,
      files: chooseFiles(engine, paths, main).map((path) => ({
        path,
        sources: [addressOf(folder + path)],
        bytes: sizes.get(folder + path) ?? 0,
        ...optionalSum(sums.get(folder + path)),
      })),
    };
  }

  /** Where WebLLM's weights lie, which only the content of its list tells. */
  async #shards(folder: string, { engine }: FoundBuild): Promise<string[]> {
    if (engine !== 'webllm') return [];
    const list = await this.#readJson(folder + webLlmTensorsPath);
    return v.is(tensorList, list) ? list.records.map(({ dataPath }) => folder + dataPath) : [];
  }

  async #readJson(path: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(join(this.#directory, path), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** The list is asked for at every opening of the page; the log is for the person who put the files there. */
  #sayOnce(sentence: string): void {
    if (this.#said.has(sentence)) return;
    this.#said.add(sentence);
    console.error(sentence);
  }
}

/** `''` for files directly in the models folder, else the folder's name with a `/`. */
function folderOf(path: string): string {
  const end = path.indexOf('/');
  return end < 0 ? '' : path.slice(0, end + 1);
}

function isThere({ file, bytes }: NotedFile, sizes: Sizes): boolean {
  const size = sizes.get(file);
  return size !== undefined && (bytes === undefined || bytes === size);
}

function addressOf(path: string): string {
  return [relayPaths.models, ...path.split('/').map(encodeURIComponent)].join('/');
}

function optionalSum(sha256: string | undefined): Pick<ModelFile, 'sha256'> {
  return sha256 === undefined ? {} : { sha256 };
}

function incomplete(path: string, missing: readonly string[]): string {
  const names = missing.map((name) => `models/${name}`).join(', ');
  return `models/${path} is not offered: ${names} ${missing.length === 1 ? 'is' : 'are'} missing or incomplete.`;
}
