/**
 * Keeps the search worker's index of a collection the same as what is kept of its documents. It is filled when it is
 * first asked for, document by document, so that no more than a few are in this thread's memory.
 */
import { type Collection, type StoredDocument, vectorModel } from '../../core/document';
import type { IndexedDocument } from '../../documents/search/indexed-document';
import type { KeptContent } from '../../retrievers/database/database-index';
import type { DocumentStore, KeptDocument } from '../../storage/document-store';
import type { DocumentRows } from './document-rows';
import type { PassageIndex } from './documents-host';

/** Characters of text that go to the worker at a time. */
const charactersAtOnce = 1_000_000;

export interface FeedSources {
  readonly store: DocumentStore;
  readonly rows: DocumentRows;
  readonly index: PassageIndex;
  collection(id: string): Collection | undefined;
}

export class IndexFeed {
  readonly #sources: FeedSources;
  /** By collection and document. */
  readonly #fed = new Map<string, Map<string, KeptContent>>();
  readonly #waiting = new Map<string, Promise<void>>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(sources: FeedSources) {
    this.#sources = sources;
  }

  /** Resolves when the index has all that is kept now. @throws BackendError */
  bringUpToDate(collectionId: string): Promise<void> {
    const waiting = this.#waiting.get(collectionId);
    if (waiting) return waiting;
    const after = this.#running.get(collectionId) ?? Promise.resolve();
    const next = after
      .catch(() => undefined)
      .then(() => {
        this.#waiting.delete(collectionId);
        this.#running.set(collectionId, next);
        return this.#feed(collectionId);
      });
    this.#waiting.set(collectionId, next);
    return next;
  }

  /** Follows a change where somebody searched in the collection already; what fails is made up for by the next search. */
  follow(collectionId: string): void {
    // What outlives the page must not keep what was removed.
    if (this.#fed.has(collectionId) || this.#outlivesPage(collectionId))
      this.bringUpToDate(collectionId).catch(() => undefined);
  }

  followAll(): void {
    for (const collectionId of this.#fed.keys()) this.follow(collectionId);
  }

  /** The vectors are of another model now, or the collection is gone. */
  async drop(collectionId: string): Promise<void> {
    if (!this.#fed.delete(collectionId) && !this.#outlivesPage(collectionId)) return;
    await this.#running.get(collectionId)?.catch(() => undefined);
    await this.#sources.index.drop(collectionId);
  }

  /** The worker broke, and its indexes are gone. */
  forgetAll(): void {
    this.#fed.clear();
  }

  async #feed(collectionId: string): Promise<void> {
    const { rows, index } = this.#sources;
    const fed = this.#fed.get(collectionId) ?? new Map<string, KeptContent>(await index.kept?.(collectionId));
    if (!this.#fed.has(collectionId)) {
      await index.add(collectionId, []);
      this.#fed.set(collectionId, fed);
    }
    const model = this.#model(collectionId);
    const wanted = new Map(
      rows
        .now(collectionId)
        .filter(isRead)
        .map((document) => [document.id, document]),
    );
    for (const id of [...fed.keys()]) {
      if (wanted.has(id)) continue;
      fed.delete(id);
      await index.remove(collectionId, id);
    }
    const unlike = [...wanted.values()].filter((one) => !isSame(fed.get(one.id), contentOf(one, model)));
    const unread: StoredDocument[] = [];
    for (const document of unlike) if (!(await this.#addVectors(document, fed))) unread.push(document);
    await this.#add(collectionId, unread, fed);
  }

  /** Spares reading the text again. @returns whether only the vectors were missing, and are there now */
  async #addVectors(document: StoredDocument, fed: Map<string, KeptContent>): Promise<boolean> {
    const { store, index } = this.#sources;
    const { id, collectionId } = document;
    const content = contentOf(document, this.#model(collectionId));
    const before = fed.get(id);
    if (before?.text !== content.text || before.model !== '' || content.model === '') return false;
    const row = await store.readVectors(id);
    if (row?.model !== content.model) return false;
    await index.setVectors(collectionId, id, row.vectors);
    fed.set(id, content);
    return true;
  }

  async #add(
    collectionId: string,
    documents: readonly StoredDocument[],
    fed: Map<string, KeptContent>,
  ): Promise<void> {
    const model = this.#model(collectionId);
    let together: { readonly indexed: IndexedDocument; readonly content: KeptContent }[] = [];
    let characters = 0;
    const send = async (): Promise<void> => {
      const sent = together;
      together = [];
      characters = 0;
      await this.#sources.index.add(
        collectionId,
        sent.map(({ indexed }) => indexed),
      );
      for (const { indexed, content } of sent) fed.set(indexed.documentId, content);
    };
    for (const document of documents) {
      const kept = await this.#sources.store.readKept(document);
      if (!kept) continue;
      together.push({ indexed: indexedOf(kept, model), content: contentOf(document, model) });
      characters += kept.text.document.text.length;
      if (characters >= charactersAtOnce) await send();
    }
    if (together.length > 0) await send();
  }

  #outlivesPage(collectionId: string): boolean {
    return this.#sources.collection(collectionId)?.database !== undefined;
  }

  #model(collectionId: string): string | undefined {
    const embedding = this.#sources.collection(collectionId)?.embedding;
    return embedding && vectorModel(embedding);
  }
}

/** What was read can be found, by its words at least. */
function isRead({ state }: StoredDocument): boolean {
  return state === 'embedding' || state === 'ready';
}

function contentOf(
  { sha256, name, state, isKeywordsOnly, countedBy }: StoredDocument,
  model = '',
): KeptContent {
  // Chunks that were counted otherwise are others.
  const text = [sha256, name, ...(countedBy === undefined ? [] : [countedBy])].join(' ');
  return { text, model: state === 'ready' && !isKeywordsOnly ? model : '' };
}

function isSame(fed: KeptContent | undefined, { text, model }: KeptContent): boolean {
  return fed?.text === text && fed.model === model;
}

function indexedOf({ document, text, vectors }: KeptDocument, model: string | undefined): IndexedDocument {
  const { id, name, addedAt, modifiedAt, language } = document;
  const { text: content, pages } = text.document;
  return {
    documentId: id,
    name,
    addedAt,
    content: contentOf(document).text,
    text: content,
    chunks: text.chunks,
    ...(modifiedAt !== undefined && { modifiedAt }),
    ...(language !== undefined && { language }),
    ...(pages && { pages }),
    ...(vectors && vectors.model === model && { vectors: vectors.vectors }),
  };
}
