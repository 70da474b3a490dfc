/** What `npm run models -- add` is to download: a build of the catalogue, or one of a repository that is named. */
import { isModelPath } from '../../relay/serve/model-path';
import { BackendError } from '../../src/core/backend-error';
import { findBuilds } from '../../src/core/find-builds';
import { isLocalEngine, type LocalModel, modelBytes } from '../../src/core/local-model';
import { buildModelId } from '../../src/models/catalogue/build-model-id';
import { catalogue } from '../../src/models/catalogue/catalogue';
import type { CatalogueBuild, CatalogueModel } from '../../src/models/catalogue/catalogue-model';
import type { ModelOrigins } from '../../src/models/sources/hub';
import { inspectRepository } from '../../src/models/sources/inspect-repository';
import { readGguf } from '../../src/models/sources/read-gguf';
import { resolveBuild } from '../../src/models/sources/resolve-build';
import { nearestNames } from '../../relay/settings/nearest-names';

export interface Wanted {
  /** An id of the catalogue, `owner/name` on the hub, or the address of a `.gguf` file. */
  readonly id: string;
  /** Quantization, in any case. */
  readonly build?: string | undefined;
  readonly engine?: string | undefined;
}

export interface FoundModel {
  readonly model: LocalModel;
  /** The model's folder in `models/`. */
  readonly folder: string;
  /** The file that stands for it, relative to its folder. */
  readonly main: string;
}

/** @throws BackendError with what to type instead, or what is wrong with the hub or the repository */
export async function findModel(
  wanted: Wanted,
  origins: ModelOrigins,
  signal: AbortSignal,
): Promise<FoundModel> {
  if (wanted.engine !== undefined && !isLocalEngine(wanted.engine)) {
    throw new BackendError(
      'bad-request',
      `There is no engine ${wanted.engine}: wllama, transformers, webllm.`,
    );
  }
  const isNamed = wanted.id.includes('/');
  const model = isNamed
    ? await findNamed(wanted, origins, signal)
    : await findListed(wanted, origins, signal);
  const folder = isNamed ? folderName(wanted.id) : model.id;
  const paths = model.files.map(({ path }) => path);
  const [build] = findBuilds(paths);
  if (!build || build.missing.length > 0) {
    const missing = build?.missing.join(', ') ?? 'the weights';
    throw new BackendError(
      'model-not-found',
      `${wanted.id} is not complete on the hub: it lacks ${missing}.`,
    );
  }
  // A listing comes from elsewhere: its names must not lead out of the folder.
  const odd = paths.find((path) => !isModelPath(`${folder}/${path}`));
  if (odd !== undefined)
    throw new BackendError('bad-request', `The relay cannot serve a file called ${odd}.`);
  return { model: isNamed ? await withHeader(model, signal) : model, folder, main: build.main };
}

async function findListed(wanted: Wanted, origins: ModelOrigins, signal: AbortSignal): Promise<LocalModel> {
  const name = wanted.id.toLowerCase();
  const all = catalogue.flatMap((model) => model.builds.map((build) => ({ model, build })));
  const of = all.filter(({ model, build }) => model.id === name || buildModelId(model, build) === name);
  if (of.length === 0) {
    const near = nearestNames(
      name,
      catalogue.map(({ id }) => id),
    );
    const meant =
      near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'npm run models -- list shows them all.';
    throw new BackendError('model-not-found', `The catalogue has no model ${wanted.id}. ${meant}`);
  }
  const fitting = of.filter(({ build }) => isWanted(build, wanted));
  const [first] = fitting;
  if (!first) throw noSuchBuild(wanted, of.map(describe));
  return resolveBuild(first.model, first.build, origins, signal);
}

async function findNamed(wanted: Wanted, origins: ModelOrigins, signal: AbortSignal): Promise<LocalModel> {
  const offered = await inspectRepository(wanted.id, origins, signal);
  const fitting = offered.filter((model) => isWanted(model, wanted));
  const [model] = fitting;
  if (!model) throw noSuchBuild(wanted, offered.map(describeModel));
  if (fitting.length > 1) {
    throw new BackendError(
      'bad-request',
      `${wanted.id} offers several builds; choose one with --build and --engine:\n${fitting.map(describeModel).join('\n')}`,
    );
  }
  return model;
}

/** A GGUF says of itself what no listing tells, and one that cannot be read is found out before it is downloaded. */
async function withHeader(model: LocalModel, signal: AbortSignal): Promise<LocalModel> {
  if (model.engine !== 'wllama' || model.shape) return model;
  let failure: unknown;
  for (const source of model.files[0]?.sources ?? []) {
    try {
      const { contextLength, shape } = await readGguf(source, signal);
      return { ...model, ...(contextLength !== undefined && { contextLength }), ...(shape && { shape }) };
    } catch (thrown) {
      failure = thrown;
    }
  }
  throw failure;
}

function isWanted(
  { engine, quantization }: Pick<LocalModel, 'engine' | 'quantization'>,
  wanted: Wanted,
): boolean {
  const isEngine = wanted.engine === undefined || engine === wanted.engine;
  return (
    isEngine && (wanted.build === undefined || quantization?.toLowerCase() === wanted.build.toLowerCase())
  );
}

function noSuchBuild({ id, build, engine }: Wanted, offered: readonly string[]): BackendError {
  const asked = [build, engine && `for ${engine}`].filter(Boolean).join(' ');
  return new BackendError(
    'model-not-found',
    `${id} has no build ${asked}; there are:\n${offered.join('\n')}`,
  );
}

function describe({ build }: { model: CatalogueModel; build: CatalogueBuild }): string {
  return describeBuild(build.engine, build.quantization, build.bytes);
}

function describeModel(model: LocalModel): string {
  return describeBuild(model.engine, model.quantization, modelBytes(model));
}

function describeBuild(engine: string, quantization: string | undefined, bytes: number): string {
  return `  --engine ${engine} --build ${quantization ?? '?'} (${Math.round(bytes / 1e6)} MB)`;
}

/** `owner/name` → `owner--name`; all builds of a repository share one folder, as they share a tokenizer. */
function folderName(name: string): string {
  const path = name.replace(/^https?:\/\/[^/]+\//, '').replace(/\.gguf.*$/i, '');
  return path
    .split('/')
    .slice(0, 2)
    .join('--')
    .replace(/[^\w.+@-]/g, '-')
    .replace(/^\W+/, '');
}
