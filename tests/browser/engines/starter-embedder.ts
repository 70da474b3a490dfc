/** The starter embedding model as `models/` has it; absent where it was never fetched. */
import type { LocalModel, ModelFile } from '../../../src/core/local-model';
import { starterEmbedderFacts } from '../../../scripts/starter-embedder/starter-embedder-facts.mjs';

const { folder, label, made } = starterEmbedderFacts;

export async function hasStarterEmbedder(): Promise<boolean> {
  const notes = await fetch('/models/manifest.json').then((response) => (response.ok ? response.text() : ''));
  return notes.includes(made[0]?.sha256 ?? 'nothing');
}

export function starterEmbedder(): LocalModel {
  const files = made.map(({ path, bytes, sha256 }): ModelFile => {
    return { path, bytes, sha256, sources: [`/models/${folder}/${path}`] };
  });
  const embedding = { pooling: 'mean', isNormalized: true } as const;
  return { id: 'starter-embedder', engine: 'transformers', label, quantization: 'q8', files, embedding };
}
