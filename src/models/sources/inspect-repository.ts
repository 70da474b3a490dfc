/** Any model by name: what a repository or an address holds that can run here, before anything is downloaded. */
import { BackendError } from '../../core/backend-error';
import { chooseFiles, ggufStem, partsOf } from '../../core/choose-files';
import { findBuilds, type FoundBuild, ggufQuantization } from '../../core/find-builds';
import type { LocalModel, ModelFile } from '../../core/local-model';
import { askSize } from './ask-size';
import { hubAddress, listRepository, type ModelOrigins, type RepositoryFile, sourcesOf } from './hub';
import { readGguf } from './read-gguf';

/**
 * @param name `owner/name`, the address of a repository's page, or that of a `.gguf` file
 * @throws BackendError that says what is wrong with the name or the repository
 */
export async function inspectRepository(
  name: string,
  origins: ModelOrigins,
  signal: AbortSignal,
): Promise<LocalModel[]> {
  if (/^https?:\/\/.*\.gguf([?#].*)?$/i.test(name) && !isHubAddress(name))
    return [await inspectAddress(name, signal)];
  const [repository, revision] = parseName(name);
  const listed = await listRepository(repository, revision, origins, signal);
  const paths = listed.map(({ path }) => path);
  const found = findBuilds(paths);
  const builds = found.filter(({ missing }) => missing.length === 0);
  if (builds.length === 0) throw nothingToRun(repository, found);
  return builds.map(({ engine, main, quantization }) => {
    const chosen = chooseFiles(engine, paths, main);
    const toFile = (file: RepositoryFile): ModelFile => ({
      ...file,
      sources: sourcesOf(repository, revision, file.path, origins),
    });
    return {
      id: `${repository}/${main}`,
      engine,
      label: repository.split('/')[1] ?? repository,
      files: listed.filter(({ path }) => chosen.includes(path)).map(toFile),
      ...(quantization !== undefined && { quantization }),
    };
  });
}

function nothingToRun(repository: string, [incomplete]: readonly FoundBuild[]): BackendError {
  const lacks = incomplete && ` What is there lacks ${incomplete.missing.join(', ')}.`;
  return new BackendError(
    'bad-request',
    `${repository} holds nothing that can run in this page.${lacks ?? ''}`,
    {
      hint: 'Look for a repository with .gguf files, or with an onnx folder beside config.json and tokenizer.json. Models for WebLLM are in the catalogue.',
    },
  );
}

async function inspectAddress(url: string, signal: AbortSignal): Promise<LocalModel> {
  const path = new URL(url).pathname;
  const parts = await Promise.all(
    // The other parts of a split file lie beside it.
    partsOf(path).map((part) => inspectFile(new URL(part + new URL(url).search, url).href, signal)),
  );
  const [first] = parts;
  if (!first) throw noFile(url);
  const { name, contextLength, shape, leastBytes } = await readGguf(first.source, signal);
  if (first.bytes < leastBytes) {
    throw new BackendError('load-failed', `${first.path} is cut on its server: it says that it is larger.`, {
      hint: 'Nothing was downloaded. Choose another address.',
    });
  }
  return {
    id: url,
    engine: 'wllama',
    label: name ?? ggufStem(first.path),
    quantization: ggufQuantization(first.path),
    files: parts.map(({ path, source, bytes }) => ({ path, sources: [source], bytes })),
    ...(contextLength !== undefined && { contextLength }),
    ...(shape && { shape }),
  };
}

interface FileAtAddress {
  readonly path: string;
  readonly source: string;
  readonly bytes: number;
}

async function inspectFile(url: string, signal: AbortSignal): Promise<FileAtAddress> {
  const { status, bytes } = await askSize(url, signal).catch((thrown: unknown) => {
    throw new BackendError(
      'unreachable',
      'No server answers at this address, or it forbids other pages to ask.',
      {},
      thrown,
    );
  });
  if (bytes === undefined) throw noFile(url, status);
  return { path: fileNameIn(url), source: url, bytes };
}

function noFile(url: string, status?: number): BackendError {
  const detail = status === undefined ? {} : { status };
  return new BackendError('model-not-found', `There is no file ${fileNameIn(url)} at this address.`, detail);
}

function fileNameIn(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function parseName(name: string): [repository: string, revision: string] {
  const path = isHubAddress(name) ? new URL(name).pathname.slice(1) : name;
  const [owner, repository, kind, revision] = path.split('/');
  // No leading dot: names become parts of paths.
  const isName = /^[A-Za-z0-9][\w.-]*$/;
  if (!owner || !repository || !isName.test(owner) || !isName.test(repository)) {
    throw new BackendError('bad-request', `“${name}” is not the name of a repository.`, {
      hint: 'Type owner/name, for example HuggingFaceTB/SmolLM2-360M-Instruct, or the address of a .gguf file.',
    });
  }
  return [
    `${owner}/${repository}`,
    kind === 'tree' || kind === 'resolve' || kind === 'blob' ? (revision ?? 'main') : 'main',
  ];
}

function isHubAddress(name: string): boolean {
  return name.startsWith(`${hubAddress}/`) || name.startsWith('https://hf.co/');
}
