/** The index of collections whose passages are in a vector database behind the relay: as the one in the page, and lasting. */
import { BackendError } from '../../core/backend-error';
import type { DatabasePlace } from '../../core/document';
import type { Passage } from '../../core/retrieval';
import { byKeywordAlone, fuse } from '../../documents/search/fuse';
import type { IndexedDocument } from '../../documents/search/indexed-document';
import { joinPassages } from '../../documents/search/join-passages';
import type { FoundPassages, SearchQuery } from '../../documents/search/search-protocol';
import type { DatabasePassage, DatabaseReplies } from '../../../relay/contract';
import { type AskDatabase, askDatabase } from './ask-database';
import { joinTexts } from './join-texts';

/** Chunks that each side proposes, as in the page. */
const depth = 200;

/** Which content of a document it has. */
export interface KeptContent {
  readonly text: string;
  /** What made its vectors; empty while it has none. */
  readonly model: string;
}

/** All methods reject with a BackendError. */
export class DatabaseIndex {
  readonly #ask: AskDatabase;
  readonly #modelOf: (collectionId: string) => string | undefined;

  /** @param modelOf what makes the vectors of a collection */
  constructor(place: DatabasePlace, modelOf: (collectionId: string) => string | undefined, origin = '') {
    this.#ask = askDatabase(place, origin);
    this.#modelOf = modelOf;
  }

  /** What an earlier page has put in. */
  async kept(collectionId: string): Promise<ReadonlyMap<string, KeptContent>> {
    const { documents } = await this.#ask('kept', { owner: collectionId });
    return new Map(documents.map(({ documentId, content: text, model }) => [documentId, { text, model }]));
  }

  /** Each is there as a whole, or as it was before. */
  async add(collectionId: string, documents: readonly IndexedDocument[]): Promise<void> {
    for (const document of documents) await this.#put(collectionId, document);
  }

  /** Of a document that is not there any more they are passed over. */
  async setVectors(collectionId: string, documentId: string, vectors: Float32Array): Promise<void> {
    const model = this.#modelOf(collectionId) ?? '';
    const { documents } = await this.#ask('kept', { owner: collectionId });
    const document = documents.find((one) => one.documentId === documentId);
    if (!document || document.chunks === 0) return;
    const rows = rowsOf(vectors, document.chunks, documentId);
    await this.#ask('vectors', { owner: collectionId, documentId, model, vectors: rows });
  }

  async remove(collectionId: string, documentId: string): Promise<void> {
    await this.#ask('remove', { owner: collectionId, documentId });
  }

  /** Only what this collection has put in. */
  async drop(collectionId: string): Promise<void> {
    await this.#ask('drop', { owner: collectionId });
  }

  /** Also what other collections have put in. Nothing is judged unfit: what is near to what is known in the page only. */
  async search(
    collectionId: string,
    { text, vector, settings, filter, longestPassage: longest }: SearchQuery,
    signal?: AbortSignal,
  ): Promise<FoundPassages> {
    const weight = vector ? settings.denseWeight : 0;
    const model = this.#modelOf(collectionId);
    const { candidates, mean, deviation, chunks } = await this.#ask(
      'search',
      {
        text: weight < 1 ? text : '',
        ...(vector && weight > 0 && { vector: rounded(vector), ...(model !== undefined && { model }) }),
        ...filter,
        depth,
      },
      signal,
    );
    const counts = new Map(candidates.map((candidate) => [candidate.documentId, candidate.chunks]));
    // How far meaning can be trusted is found out in the page only.
    const view = { mean, deviation, trust: 1, chunks };
    const hits = weight > 0 ? fuse(candidates, weight, view) : byKeywordAlone(candidates);
    // Only neighbours touch: where the others begin is not known here.
    const chunksOf = (documentId: string) => ({ length: counts.get(documentId) ?? 0 });
    const { passages: limit, neighbours } = settings;
    const joined = joinPassages(hits, chunksOf, { passages: limit, neighbours, longest });
    if (joined.length === 0) return { passages: [], unfit: [] };
    const ranges = joined.map(({ documentId, first, last }) => ({ documentId, first, last }));
    const { passages: read } = await this.#ask('read', { ranges }, signal);
    const passages = joined.flatMap(({ documentId, hit, first, last }) => {
      const pieces = read.filter(
        (piece) => piece.documentId === documentId && first <= piece.chunk && piece.chunk <= last,
      );
      const { keyword, dense, fused } = hit;
      const scores = {
        ...(keyword !== undefined && { keyword }),
        ...(dense !== undefined && { dense }),
        fused,
      };
      return passageOf(collectionId, pieces, hit.chunk, scores) ?? [];
    });
    return { passages, unfit: [] };
  }

  async #put(collectionId: string, document: IndexedDocument): Promise<void> {
    const { documentId, name, addedAt, modifiedAt = addedAt, content = '', text, chunks, vectors } = document;
    const rows = vectors && chunks.length > 0 ? rowsOf(vectors, chunks.length, name) : undefined;
    const model = rows && this.#modelOf(collectionId);
    const passages = chunks.map(({ start, end, page, headings }, place): DatabasePassage => {
      const vector = rows?.[place];
      return {
        start,
        end,
        ...(page !== undefined && { page }),
        headings,
        text: text.slice(start, end),
        ...(vector && { vector }),
      };
    });
    await this.#ask('put', {
      owner: collectionId,
      documentId,
      name,
      changedAt: modifiedAt,
      content,
      ...(model !== undefined && { model }),
      passages,
    });
  }
}

type Piece = DatabaseReplies['read']['passages'][number];

/** Undefined where it was taken out between the two questions. */
function passageOf(
  collectionId: string,
  pieces: readonly Piece[],
  chunk: number,
  scores: Passage['scores'],
): Passage | undefined {
  const [first] = pieces;
  const found = pieces.find((piece) => piece.chunk === chunk);
  if (!first || !found) return undefined;
  const isOurs = first.owner === collectionId;
  const { text, end } = joinTexts(pieces);
  return {
    collectionId,
    ...(isOurs && { documentId: first.documentId, start: first.start, end }),
    documentName: first.name,
    ...(first.page !== undefined && { page: first.page }),
    headings: found.headings,
    text,
    scores,
  };
}

function rowsOf(vectors: Float32Array, count: number, name: string): number[][] {
  const dimensions = vectors.length / count;
  if (!Number.isInteger(dimensions) || dimensions === 0) {
    const said = `${vectors.length} numbers for ${count} passages of ${name}`;
    throw new BackendError('internal', 'These vectors do not belong to this document.', { said });
  }
  return Array.from({ length: count }, (_, row) =>
    rounded(vectors.subarray(row * dimensions, (row + 1) * dimensions)),
  );
}

/** As exact as 32 bits are, in half the letters. */
function rounded(vector: Float32Array): number[] {
  return Array.from(vector, (value) => Number(value.toPrecision(8)));
}
