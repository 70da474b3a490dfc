/** A build of the catalogue with its exact files, sizes and hashes, as the hub tells them now. */
import { BackendError } from '../../core/backend-error';
import { chooseFiles } from '../../core/choose-files';
import { findBuilds, webLlmConfigPath } from '../../core/find-builds';
import { type LocalModel, type ModelFile, webLlmLibraryPath } from '../../core/local-model';
import { buildModelId } from '../catalogue/build-model-id';
import type { CatalogueBuild, CatalogueModel } from '../catalogue/catalogue-model';
import { askSize } from './ask-size';
import { listRepository, type ModelOrigins, sourcesOf } from './hub';

/** @throws BackendError `unreachable`, `model-not-found`, `unauthorized` */
export async function resolveBuild(
  model: CatalogueModel,
  build: CatalogueBuild,
  origins: ModelOrigins,
  signal: AbortSignal,
): Promise<LocalModel> {
  const { repository, revision, engine, quantization } = build;
  const listed = await listRepository(repository, revision, origins, signal);
  const paths = listed.map(({ path }) => path);
  const missing = missingOf(build, paths);
  if (missing.length > 0) {
    throw new BackendError('model-not-found', `${repository} no longer has ${missing.join(', ')}.`, {
      hint: 'Choose another build, or look the repository up by its name.',
    });
  }
  const chosen = chooseFiles(engine, paths, build.file);
  const known = (path: string): Pick<ModelFile, 'sha256'> =>
    build.sha256 !== undefined && path === build.file ? { sha256: build.sha256 } : {};
  const files = listed
    .filter(({ path }) => chosen.includes(path))
    .map((file): ModelFile => ({
      ...file,
      ...known(file.path),
      sources: sourcesOf(repository, revision, file.path, origins),
    }));
  // A mirror may keep the compiled library beside the weights.
  const hasLibrary = files.some(({ path }) => path === webLlmLibraryPath);
  const library = build.library === undefined || hasLibrary ? [] : [await libraryFile(build.library, signal)];
  const { license, contextLength, shape, embedding, suggestedParams } = model;
  return {
    id: buildModelId(model, build),
    engine,
    label: model.label,
    files: [...files, ...library],
    quantization,
    license,
    contextLength,
    capabilities: Object.fromEntries(model.capabilities.map((capability) => [capability, true])),
    ...(shape && { shape }),
    ...(embedding && { embedding }),
    ...(suggestedParams && { suggestedParams }),
  };
}

/** Files without which the build cannot run; the compiled library may be had elsewhere. */
function missingOf({ engine, file = webLlmConfigPath }: CatalogueBuild, paths: readonly string[]): string[] {
  const found = findBuilds(paths).find((one) => one.engine === engine && one.main === file);
  return found ? found.missing.filter((path) => path !== webLlmLibraryPath) : [file];
}

/** WebLLM's compiled library lies elsewhere than the weights; its size is asked of its own server. */
async function libraryFile(address: string, signal: AbortSignal): Promise<ModelFile> {
  const { status, bytes } = await askSize(address, signal).catch((thrown: unknown) => {
    throw new BackendError(
      'unreachable',
      'The server with WebLLM’s compiled libraries does not answer.',
      {},
      thrown,
    );
  });
  if (bytes === undefined) {
    throw new BackendError('model-not-found', 'The compiled library of this build cannot be had.', {
      status,
    });
  }
  return { path: webLlmLibraryPath, sources: [address], bytes };
}
