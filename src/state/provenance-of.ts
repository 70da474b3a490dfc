/** What stands behind an answer that is about to be asked for, as far as the page knows by then. */
import type { Provenance } from '../core/provenance';
import type { BackendStore } from './backend-store.svelte';
import { isPlainModel } from './is-plain-model';
import type { Selection } from './setting-values';
import type { Settings } from './settings.svelte';

export interface ProvenanceSources {
  readonly backends: Pick<BackendStore, 'entry' | 'facts'>;
  readonly settings: Settings;
}

export function provenanceOf(choice: Selection, { backends, settings }: ProvenanceSources): Provenance {
  const entry = backends.entry(choice.backendId);
  const isPlain = isPlainModel(settings, choice);
  const known: Provenance = {
    kind: entry?.connection.kind,
    version: entry?.version,
    ...backends.facts.weights(choice),
    ...(isPlain && { isPlain }),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
