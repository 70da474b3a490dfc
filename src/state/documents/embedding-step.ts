/** The vectors of one document; they are written with its row when all of them are made. */
import { BackendError } from '../../core/backend-error';
import {
  type EmbeddingChoice,
  type ReadDocument,
  type StoredDocument,
  vectorModel,
} from '../../core/document';
import type { DocumentStore } from '../../storage/document-store';
import { recounted } from './counted-chunks';
import type { DocumentRows } from './document-rows';
import type { DocumentsHost } from './documents-host';
import type { Embedder } from './embedder';

/** Texts of one request: a server works on them together, and a pause or a stop waits for them. */
const atOnce = { remote: 32, here: 4 };

export interface EmbeddingSources extends Pick<DocumentsHost, 'tokenizerOf' | 'reader'> {
  readonly store: DocumentStore;
  readonly rows: DocumentRows;
  readonly embedder: Embedder;
  /** Resolves while nothing is paused. */
  goOn(signal: AbortSignal): Promise<void>;
  /** The model behind the name makes other vectors than it did: all have to be made again. */
  isOtherModel(collectionId: string): void;
}

export interface Embedded {
  readonly document: StoredDocument;
  /** Of a vector. */
  readonly dimensions: number;
}

/**
 * @returns the document with its vectors; undefined where it was deleted or given another model meanwhile
 * @throws BackendError, which says why none can be made at present; the signal's reason
 */
export async function embedOne(
  document: StoredDocument,
  choice: EmbeddingChoice,
  sources: EmbeddingSources,
  signal: AbortSignal,
): Promise<Embedded | undefined> {
  const { store, rows } = sources;
  rows.put({ ...document, progress: 0 });
  try {
    const kept = await store.readText(document.id);
    if (!kept)
      throw new BackendError('internal', `The text of ${document.name} is no longer kept.`, {
        hint: 'Remove it, and add its file again.',
      });
    // Until its vectors are made, too, the chunks stay as they are and are found by their words.
    const anew = await recounted(document, kept, choice, sources, signal);
    const vectors = await makeVectors(document.id, textsOf(anew?.read ?? kept), choice, sources, signal);
    const { dimensions = vectors.dimensions } = choice;
    if (dimensions !== vectors.dimensions) {
      sources.isOtherModel(document.collectionId);
      return undefined;
    }
    const finished = finishedDocument(anew?.document ?? document, vectors.shortened);
    const made = { documentId: document.id, model: vectorModel(choice), vectors: vectors.joined };
    if (!(await store.finishEmbedding(finished, made, anew?.read))) return undefined;
    rows.put(finished);
    return { document: finished, dimensions };
  } finally {
    // Another tab may have deleted it.
    const item = rows.get(document.id);
    if (item?.progress !== undefined) rows.put(document);
  }
}

function textsOf({ document: { text }, chunks }: ReadDocument): string[] {
  return chunks.map(({ start, end }) => text.slice(start, end));
}

interface DocumentVectors {
  /** One after the other. */
  readonly joined: Float32Array<ArrayBuffer>;
  readonly dimensions: number;
  readonly shortened: number;
}

async function makeVectors(
  id: string,
  texts: readonly string[],
  choice: EmbeddingChoice,
  { embedder, rows, goOn }: EmbeddingSources,
  signal: AbortSignal,
): Promise<DocumentVectors> {
  const made: Float32Array[] = [];
  let shortened = 0;
  const step = embedder.isRemote(choice) ? atOnce.remote : atOnce.here;
  for (let at = 0; at < texts.length; at += step) {
    await goOn(signal);
    const some = await embedder.embedPassages(choice, texts.slice(at, at + step), signal);
    signal.throwIfAborted();
    made.push(...some.vectors);
    shortened += some.shortened;
    rows.setProgress(id, made.length / texts.length);
  }
  return { ...joinVectors(made, choice), shortened };
}

function joinVectors(
  made: readonly Float32Array[],
  { modelLabel }: EmbeddingChoice,
): Pick<DocumentVectors, 'joined' | 'dimensions'> {
  const dimensions = made[0]?.length ?? 0;
  const joined = new Float32Array(made.length * dimensions);
  for (const [at, vector] of made.entries()) {
    if (vector.length !== dimensions)
      throw new BackendError('malformed-stream', `${modelLabel} gave vectors of different lengths.`, {
        hint: 'Choose another embedding model for this collection.',
      });
    joined.set(vector, at * dimensions);
  }
  return { joined, dimensions };
}

/** Also how such a notice of an earlier model is known, and left out. */
const shortenedNotice = 'longer than the embedding model reads: their vectors are of their beginnings.';

function finishedDocument({ notices = [], ...document }: StoredDocument, shortened: number): StoredDocument {
  const others = notices.filter((notice) => !notice.endsWith(shortenedNotice));
  const passages = shortened === 1 ? 'One passage was' : `${shortened.toLocaleString()} passages were`;
  const all = shortened === 0 ? others : [...others, `${passages} ${shortenedNotice}`];
  return { ...document, state: 'ready', ...(all.length > 0 && { notices: all }) };
}
