/** What the Models screen shows of models that run in the page: one item per model, one build per way to run it. */
import type { Capability } from '../core/backend';
import type { LocalEngine, LocalModel } from '../core/local-model';
import type { CatalogueBuild, CatalogueModel } from '../models/catalogue/catalogue-model';
import type { ModelDownload } from '../models/download/model-download';
import type { Fit, FitVerdict } from '../models/fit/fit';

export interface BuildItem {
  /** `ENGINE/ID`, unique over all items. */
  readonly key: string;
  readonly engine: LocalEngine;
  readonly modelId: string;
  readonly quantization?: string;
  readonly bytes: number;
  /** False where the size is rounded, so it is shown with `≈`. */
  readonly isExact: boolean;
  /** Known in full: its files lie on our own origin, or it was looked up before. */
  readonly model?: LocalModel;
  /** From the catalogue, to be looked up when a download is asked for. */
  readonly entry?: CatalogueModel;
  readonly build?: CatalogueBuild;
  /** Absent where nothing of it is in this browser. */
  readonly download?: ModelDownload;
  /** Our own origin has the files, so no other network is needed. */
  readonly isNear: boolean;
  readonly fit: Fit;
}

/** In the order of the list: kept or on its way, or served by our own origin; looked up by name; the rest. */
export const modelGroups = ['here', 'added', 'catalogue'] as const;
export type ModelGroup = (typeof modelGroups)[number];

export interface ModelItem {
  readonly key: string;
  readonly group: ModelGroup;
  readonly label: string;
  readonly summary?: string;
  readonly family?: string;
  readonly parameters?: number;
  readonly license?: string;
  readonly contextLength?: number;
  readonly capabilities: readonly Capability[];
  readonly builds: readonly BuildItem[];
}

const engineNames: Readonly<Record<LocalEngine, string>> = {
  wllama: 'wllama (llama.cpp)',
  transformers: 'Transformers.js (ONNX)',
  webllm: 'WebLLM (WebGPU)',
};

export function engineName(engine: LocalEngine): string {
  return engineNames[engine];
}

/** Something of it is here or on its way; a model that was only looked up has nothing here yet. */
export function isBegun(download: ModelDownload | undefined): boolean {
  return download !== undefined && (download.loaded > 0 || download.state !== 'partial');
}

/** The build to offer first: one that is here, else the near one, else the one that fits best. */
export function preferredBuild(item: ModelItem): BuildItem | undefined {
  return [...item.builds].sort((a, b) => rank(b) - rank(a))[0];
}

const verdictRank: Readonly<Record<FitVerdict, number>> = {
  fits: 100,
  tight: 50,
  unknown: 30,
  'will-not': 0,
};

function rank({ download, isNear, fit, bytes }: BuildItem): number {
  const presence = download?.state === 'ready' ? 1000 : isBegun(download) ? 500 : isNear ? 200 : 0;
  const fits = verdictRank[fit.verdict];
  // Among equals the smaller download is the kinder offer.
  return presence + fits - bytes / 1e9;
}
