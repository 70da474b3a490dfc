/** The starter embedding model as `models/` has it. */
import type { LocalModel } from '../../../src/core/local-model';

interface Noted {
  /** Below the models folder. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

interface Note extends Noted, Pick<LocalModel, 'id' | 'label' | 'embedding'> {
  readonly parts?: readonly Noted[];
}

/** Undefined where it was never fetched: node scripts/starter-embedder.mjs brings it. */
export async function starterEmbedder(): Promise<LocalModel | undefined> {
  const response = await fetch('/models/manifest.json');
  const isJson = response.headers.get('content-type')?.includes('json');
  const notes = response.ok && isJson ? ((await response.json()) as readonly Note[]) : [];
  const note = notes.find(({ id }) => id === 'all-minilm-l6-v2-starter');
  if (!note) return undefined;
  const { id, label, embedding, parts = [] } = note;
  const files = [note, ...parts].map(({ file, bytes, sha256 }) => {
    return { path: file.slice(file.indexOf('/') + 1), bytes, sha256, sources: [`/models/${file}`] };
  });
  return { id, engine: 'transformers', label, quantization: 'q8', files, embedding };
}
