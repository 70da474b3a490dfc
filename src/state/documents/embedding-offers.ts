/** The models that can make vectors, those that surely can first. */
import type { ModelInfo } from '../../core/backend';
import { isLocal } from '../../core/connection';
import { type BackendEntry, modelLabel } from '../backend-entry';
import type { BackendStore } from '../backend-store.svelte';
import type { EmbeddingOffer } from './embedding-offer';

/** How makers name such models; a server that tells no capabilities says no more than a name. */
const usualNames = /embed|minilm|(^|[^a-z])(bge|gte|e5)[-_]/i;

export async function embeddingOffers(
  backends: Pick<BackendStore, 'entries' | 'facts' | 'refresh'>,
  signal: AbortSignal,
): Promise<readonly EmbeddingOffer[]> {
  // A page that was just opened does not know its backends yet.
  if (backends.entries.length === 0) await backends.refresh(signal);
  const offers = backends.entries.flatMap((entry) =>
    entry.models.flatMap((model) => offerOf(entry, model, backends.facts) ?? []),
  );
  return offers.sort((a, b) => rank(a) - rank(b) || a.choice.modelLabel.localeCompare(b.choice.modelLabel));
}

function offerOf(
  entry: BackendEntry,
  model: ModelInfo,
  facts: BackendStore['facts'],
): EmbeddingOffer | undefined {
  const { connection, state } = entry;
  const choice = { backendId: connection.id, modelId: model.id };
  const embeds = facts.capability(choice, 'embedding').value;
  const isGuess = embeds === undefined && usualNames.test(model.id);
  if (embeds !== true && !isGuess) return undefined;
  const isHere = isLocal(connection);
  return {
    choice: {
      ...choice,
      modelLabel: modelLabel(entry, model.id),
      ...(model.digest !== undefined && { digest: model.digest }),
    },
    isRemote: !isHere,
    where: isHere ? 'this page' : connection.label,
    isReady: state === 'ready',
    isSure: embeds === true,
    ...(model.bytes !== undefined && { bytes: model.bytes }),
  };
}

/** What needs no other machine, what is sure, and what is there, in that order. */
function rank({ isRemote, isSure, isReady }: EmbeddingOffer): number {
  return (isRemote ? 4 : 0) + (isSure ? 0 : 2) + (isReady ? 0 : 1);
}
