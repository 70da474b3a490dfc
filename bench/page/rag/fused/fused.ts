/** Has the search worker of the page answer the questions of a test collection, by words, by meaning and by both. */
import { usualRetrieval } from '../../../../src/core/retrieval';
import { SearchClient } from '../../../../src/documents/search/search-client';

export interface FusedOrder {
  readonly documents: readonly { readonly id: number; readonly title: string; readonly text: string }[];
  readonly queries: readonly string[];
  /** Addresses of vectors, 32-bit floats one after the other. */
  readonly documentVectors: string;
  readonly queryVectors: string;
  /** In place of the real vectors: what a side that knows nothing does to the other. */
  readonly isDenseRandom: boolean;
  readonly denseWeight: number;
}

export interface FusedOutcome {
  /** By question: documents, best first. */
  readonly found: readonly (readonly string[])[];
  /** Milliseconds from asking to the passages, the way to the worker and back among them. */
  readonly searchMs: readonly number[];
}

const collectionId = 'bench';

export async function fused(order: FusedOrder): Promise<FusedOutcome> {
  const { documents, queries, isDenseRandom, denseWeight } = order;
  const [made, asked] = await Promise.all([order.documentVectors, order.queryVectors].map(readVectors));
  if (!made || !asked) throw new Error('There are no vectors.');
  if (isDenseRandom) for (let place = 0; place < made.length; place++) made[place] = Math.random() - 0.5;
  const dimensions = made.length / documents.length;
  const client = new SearchClient();
  const partOf = (vectors: Float32Array<ArrayBuffer>, place: number) =>
    vectors.slice(place * dimensions, (place + 1) * dimensions);
  await client.add(
    collectionId,
    documents.map(({ id, title, text }, place) => ({
      documentId: `${id}`,
      name: title,
      addedAt: 0,
      language: 'en',
      text,
      chunks: [{ start: 0, end: text.length, headings: [title], tokens: 0 }],
      vectors: partOf(made, place),
    })),
  );
  const settings = { ...usualRetrieval, passages: 10, neighbours: 0, denseWeight };
  const { signal } = new AbortController();
  const found: string[][] = [];
  const searchMs: number[] = [];
  for (const [place, text] of queries.entries()) {
    const query = { text, vector: partOf(asked, place), settings };
    const begun = performance.now();
    const { passages } = await client.search(collectionId, query, signal);
    searchMs.push(performance.now() - begun);
    found.push(passages.map(({ documentId = '' }) => documentId));
  }
  client.dispose();
  return { found, searchMs };
}

async function readVectors(url: string): Promise<Float32Array<ArrayBuffer>> {
  return new Float32Array(await (await fetch(url)).arrayBuffer());
}
