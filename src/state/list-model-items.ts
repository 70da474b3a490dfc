/** Catalogue, our own origin's models and what is kept in this browser, as one list without doubles. */
import type { Capability } from '../core/backend';
import { type LocalModel, modelBytes } from '../core/local-model';
import { buildModelId } from '../models/catalogue/build-model-id';
import type { CatalogueBuild, CatalogueModel } from '../models/catalogue/catalogue-model';
import type { ModelDownload } from '../models/download/model-download';
import type { Fit } from '../models/fit/fit';
import type { FitHistory } from '../models/fit/fit-history';
import { contextToHold, type FitQuestion, fitQuestion } from '../models/fit/fit-question';
import { judgeFit } from '../models/fit/judge-fit';
import type { DeviceFacts } from '../models/fit/read-device';
import { type BuildItem, isBegun, type ModelGroup, modelGroups, type ModelItem } from './model-item';

export interface ModelSources {
  readonly catalogue: readonly CatalogueModel[];
  readonly near: readonly LocalModel[];
  readonly downloads: readonly ModelDownload[];
  /** Absent until the device was asked. */
  readonly device: DeviceFacts | undefined;
  readonly history: FitHistory;
  /** Tokens; absent for the usual. */
  readonly contextLength: number | undefined;
}

const unasked: Fit = { verdict: 'unknown', reason: 'The device has not answered yet.', device: 'cpu' };

/** What is here comes first, then what was added by name, then the catalogue from small to large, chat before embedding. */
export function listModelItems(sources: ModelSources): ModelItem[] {
  const known = knownModels(sources);
  const fromCatalogue = sources.catalogue.map((model) => catalogueItem(model, known, sources));
  const taken = new Set(fromCatalogue.flatMap(({ builds }) => builds.map(({ key }) => key)));
  const others = [...known.values()].filter(({ model }) => !taken.has(keyOf(model)));
  const items = [...groupByLabel(others, sources), ...fromCatalogue];
  return items.sort((a, b) => rank(a) - rank(b) || (a.parameters ?? 0) - (b.parameters ?? 0));
}

interface KnownModel {
  readonly model: LocalModel;
  readonly download?: ModelDownload;
  readonly isNear: boolean;
}

function knownModels({ near, downloads }: ModelSources): Map<string, KnownModel> {
  const known = new Map<string, KnownModel>();
  for (const download of downloads)
    known.set(keyOf(download.model), { model: download.model, download, isNear: false });
  for (const model of near) {
    const { download } = known.get(keyOf(model)) ?? {};
    known.set(keyOf(model), { model, isNear: true, ...(download && { download }) });
  }
  return known;
}

function catalogueItem(
  entry: CatalogueModel,
  known: ReadonlyMap<string, KnownModel>,
  sources: ModelSources,
): ModelItem {
  const { id, label, summary, family, parameters, license, contextLength, capabilities } = entry;
  const listed = entry.builds.map((build): BuildItem => {
    const found = known.get(`${build.engine}/${buildModelId(entry, build)}`) ?? sameFile(build, known);
    if (found) return knownBuild(found, sources, entry);
    const question = {
      engine: build.engine,
      bytes: build.bytes,
      shape: entry.shape,
      isEmbedding: capabilities.includes('embedding'),
      needsF16: build.needsF16,
      quantization: build.quantization,
      contextLength: contextToHold(build.engine, sources.contextLength, contextLength),
    };
    return {
      key: `${build.engine}/${buildModelId(entry, build)}`,
      engine: build.engine,
      modelId: buildModelId(entry, build),
      quantization: build.quantization,
      bytes: build.bytes,
      isExact: build.isExact,
      entry,
      build,
      isNear: false,
      fit: judge(question, sources),
    };
  });
  const taken = new Set(listed.map(({ key }) => key));
  // The starter embedding model is a build that no repository has.
  const ofOurOwn = [...known.values()].filter(
    ({ model }) => model.label === label && !taken.has(keyOf(model)),
  );
  const builds = [...listed, ...ofOurOwn.map((one) => knownBuild(one, sources, entry))];
  const group = groupOf(builds, 'catalogue');
  return { key: id, group, label, summary, family, parameters, license, contextLength, capabilities, builds };
}

/** The starter model lies on our own origin under the name of its file. */
function sameFile(build: CatalogueBuild, known: ReadonlyMap<string, KnownModel>): KnownModel | undefined {
  if (build.sha256 === undefined) return undefined;
  return [...known.values()].find(
    ({ model }) => model.engine === build.engine && model.files.some(({ sha256 }) => sha256 === build.sha256),
  );
}

function knownBuild(
  { model, download, isNear }: KnownModel,
  sources: ModelSources,
  entry?: CatalogueModel,
): BuildItem {
  return {
    key: keyOf(model),
    engine: model.engine,
    modelId: model.id,
    quantization: model.quantization,
    bytes: modelBytes(model),
    isExact: true,
    model,
    isNear,
    fit: judge(fitQuestion(model, sources.contextLength, entry?.shape), sources),
    ...(download && { download }),
  };
}

/** Builds of one repository carry one name. */
function groupByLabel(models: readonly KnownModel[], sources: ModelSources): ModelItem[] {
  const groups = new Map<string, KnownModel[]>();
  for (const one of models) groups.set(one.model.label, [...(groups.get(one.model.label) ?? []), one]);
  return [...groups].map(([label, members]) => {
    const first = members[0]?.model;
    const capabilities = capabilitiesOf(first);
    const builds = members.map((member) => knownBuild(member, sources));
    return {
      key: `known ${label}`,
      group: groupOf(builds, 'added'),
      label,
      license: first?.license,
      contextLength: first?.contextLength,
      capabilities,
      builds,
    };
  });
}

function capabilitiesOf(model: LocalModel | undefined): Capability[] {
  const named = Object.entries(model?.capabilities ?? {}).filter(([, has]) => has);
  return named.length > 0 ? named.map(([name]) => name as Capability) : ['chat'];
}

function judge(question: FitQuestion, { device, history }: ModelSources): Fit {
  return device ? judgeFit(question, device, history) : unasked;
}

function groupOf(builds: readonly BuildItem[], otherwise: ModelGroup): ModelGroup {
  const isHere = builds.some(({ download, isNear }) => isNear || isBegun(download));
  return isHere ? 'here' : otherwise;
}

function rank({ group, capabilities }: ModelItem): number {
  return 2 * modelGroups.indexOf(group) + (capabilities.includes('chat') ? 0 : 1);
}

function keyOf({ engine, id }: LocalModel): string {
  return `${engine}/${id}`;
}
