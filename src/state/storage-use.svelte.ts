/** What this page keeps on the device, by what it is for, against what the browser allows. */
import { clearCachedRuntimes, listCachedRuntimes } from '../offline/cached-runtimes';
import type { ModelLibrary } from './model-library.svelte';

export interface StoragePart {
  readonly label: string;
  /** Bytes. */
  readonly bytes: number;
}

interface Measured {
  readonly used: number;
  /** Absent where the browser does not tell. */
  readonly quota?: number;
  readonly isPersistent: boolean;
  readonly runtimes: number;
  /** Chromium alone tells what is used by what. */
  readonly details?: UsageDetails;
}

interface UsageDetails {
  readonly indexedDB?: number;
  readonly caches?: number;
}

export class StorageUse {
  #measured = $state.raw<Measured>();
  readonly #library: ModelLibrary;

  constructor(library: ModelLibrary) {
    this.#library = library;
  }

  get quota(): number | undefined {
    return this.#measured?.quota;
  }

  /** Whether the browser promised to clear nothing by itself. */
  get isPersistent(): boolean {
    return this.#measured?.isPersistent ?? false;
  }

  /** Bytes of the engines' code; 0 where none is kept. */
  get runtimes(): number {
    return this.#measured?.runtimes ?? 0;
  }

  parts: readonly StoragePart[] = $derived.by(() => {
    const models = this.#library.downloads.reduce((sum, { loaded }) => sum + loaded, 0);
    return [{ label: 'Models', bytes: models }, ...otherParts(models, this.#measured)];
  });

  /** Asks the browser and the service worker. Leaves all as it is where the browser has no storage for pages. */
  async measure(): Promise<void> {
    if (!('storage' in navigator)) return;
    const [estimate, isPersistent, runtimes] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
      listCachedRuntimes(),
    ]);
    const {
      usage: used = 0,
      quota,
      usageDetails: details,
    } = estimate as StorageEstimate & {
      usageDetails?: UsageDetails;
    };
    this.#measured = {
      used,
      isPersistent,
      runtimes: (runtimes ?? []).reduce((sum, { bytes }) => sum + bytes, 0),
      ...(quota !== undefined && { quota }),
      ...(details && { details }),
    };
  }

  /** Drops the engines' code; an engine that is used after this is fetched and kept again. */
  async clearRuntimes(): Promise<void> {
    await clearCachedRuntimes();
    await this.measure();
  }
}

function otherParts(models: number, measured: Measured | undefined): StoragePart[] {
  if (!measured) return [];
  const { used, runtimes, details } = measured;
  const engines = { label: 'Engines', bytes: runtimes };
  if (!details) {
    return [engines, { label: 'App and conversations', bytes: Math.max(0, used - models - runtimes) }];
  }
  return [
    engines,
    { label: 'App', bytes: Math.max(0, (details.caches ?? 0) - runtimes) },
    { label: 'Conversations', bytes: details.indexedDB ?? 0 },
  ];
}
