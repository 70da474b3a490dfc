/** The starter embedding model as `models/` has it; absent where it was never fetched. */
import type { LocalModel, ModelFile } from '../../../src/core/local-model';

/** As `/models/manifest.json` notes it; the graph stands for the model. */
interface Note {
  readonly id?: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly label: string;
  readonly parts?: readonly Pick<Note, 'file' | 'bytes' | 'sha256'>[];
}

const id = 'all-minilm-l6-v2-starter';

export async function findStarterEmbedder(): Promise<LocalModel | undefined> {
  const response = await fetch('/models/manifest.json');
  // For what is not there, the tests' server gives the page.
  const isThere = response.ok && response.headers.get('content-type')?.includes('json');
  const notes = isThere ? ((await response.json()) as readonly Note[]) : [];
  const note = notes.find((one) => one.id === id);
  return note && modelOf(note);
}

function modelOf(note: Note): LocalModel {
  const files = [note, ...(note.parts ?? [])].map(({ file, bytes, sha256 }): ModelFile => {
    return { path: file.slice(file.indexOf('/') + 1), bytes, sha256, sources: [`/models/${file}`] };
  });
  const embedding = { pooling: 'mean', isNormalized: true } as const;
  return { id, engine: 'transformers', label: note.label, quantization: 'q8', files, embedding };
}
