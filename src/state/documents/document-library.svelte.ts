/** The collections of documents: what is in them, the work on them, and searching in them. */
import type { Collection, DocumentText, EmbeddingChoice, StoredDocument } from '../../core/document';
import type { Retriever } from '../../core/retrieval';
import { without } from '../../platform/without';
import { type AddSources, addFiles } from './add-files';
import type { AddedFile, AddReport } from './added-file';
import { CollectionTable } from './collection-table.svelte';
import { type DocumentItem, stored } from './document-item';
import { DocumentRows } from './document-rows';
import { DocumentWork } from './document-work';
import type { DocumentsHost, PassageIndex } from './documents-host';
import { Embedder } from './embedder';
import type { EmbeddingOffer } from './embedding-offer';
import { embeddingOffers } from './embedding-offers';
import { IndexFeed } from './index-feed';
import { IngestWork } from './ingest-work.svelte';
import { KeptContent } from './kept-content';
import { LocalRetriever } from './local-retriever';
import { removeForgotten } from './remove-forgotten';
import { retrieverElsewhere } from './retriever-elsewhere';
import { textFile } from './text-file';
import { ShownDocuments } from './shown-documents.svelte';
import { WorkLock } from './work-lock';

export class DocumentLibrary {
  readonly work = new IngestWork();
  isOpen = $state.raw(false);

  readonly #host: DocumentsHost;
  readonly #lock: WorkLock;
  readonly #collections: CollectionTable;
  readonly #shown: ShownDocuments = new ShownDocuments((id) => this.#rows.now(id));
  readonly #rows = new DocumentRows(this.#shown.change);
  readonly #index: PassageIndex;
  readonly #feed: IndexFeed;
  readonly #embedder: Embedder;
  readonly #queue: DocumentWork;
  readonly #content: KeptContent;
  #adding = new AbortController();
  #opening: Promise<void> | undefined;

  constructor(host: DocumentsHost) {
    this.#host = host;
    this.#lock = new WorkLock(host.store.name);
    const collection = (id: string): Collection | undefined => this.collection(id);
    const rows = this.#rows;
    this.#content = new KeptContent(host, rows);
    this.#collections = new CollectionTable(host.store);
    this.#index = host.createIndex(() => this.#feed.forgetAll(), collection);
    this.#feed = new IndexFeed({ store: host.store, rows, index: this.#index, collection });
    this.#embedder = new Embedder(host.backends);
    this.#queue = new DocumentWork({
      ...host,
      rows,
      collection,
      embedder: this.#embedder,
      feed: this.#feed,
      work: this.work,
      lock: this.#lock,
      noteDimensions: (id, dimensions) => this.#collections.noteDimensions(id, dimensions),
      renewVectors: (id) => void this.#renewVectors(id).catch(this.#failed),
    });
  }

  /** Sorted by name; once it is open there is always one. */
  get collections(): readonly Collection[] {
    return this.#collections.all;
  }

  collection(id: string): Collection | undefined {
    return this.#collections.get(id);
  }

  /** In the order in which they were added. */
  documentsOf(collectionId: string): readonly DocumentItem[] {
    return this.#shown.of(collectionId);
  }

  /** Undefined where it is not kept (any more), and before the library is open. */
  document(id: string): DocumentItem | undefined {
    const known = this.isOpen ? this.#rows.get(id) : undefined;
    return known && this.documentsOf(known.collectionId).find((item) => item.id === id);
  }

  /** Follows what is kept, and goes on with what a closed page left undone; resolves when it has been read once. */
  open(): Promise<void> {
    this.#opening ??= this.#open();
    this.#opening.catch(() => (this.#opening = undefined));
    return this.#opening;
  }

  /** What was written past it, by an import. @throws BackendError */
  async lookAgain(): Promise<void> {
    this.#rows.take(await this.#host.store.readDocuments());
    this.#queue.start();
  }

  /** @param place what is searched instead of this page @throws BackendError */
  createCollection(name: string, place?: Pick<Collection, 'source' | 'database'>): Promise<Collection> {
    return this.#collections.create(name, place);
  }

  /** @param source the new one, of a search elsewhere @throws BackendError */
  async renameCollection(id: string, name: string, source?: Collection['source']): Promise<void> {
    if (name.trim()) await this.#collections.change(id, { name: name.trim(), ...(source && { source }) });
  }

  /** With all its documents, vectors and files; with none where a database cannot forget it. @throws BackendError */
  async deleteCollection(id: string): Promise<void> {
    const items = this.#rows.now(id);
    await this.#queue.stop(items.map((item) => item.id));
    if (this.collection(id)?.database) await this.#feed.drop(id);
    await this.#host.store.deleteCollection(id);
    for (const item of items) this.#rows.remove(item.id);
    this.#collections.drop(id);
    await Promise.all([this.#host.originals.deleteCollection(id), this.#feed.drop(id)]);
    await this.#collections.haveOne();
  }

  /**
   * All vectors of the collection are made anew by this model, in the background; meanwhile words alone are searched.
   * @param choice absent for words alone
   * @throws BackendError
   */
  async setEmbedding(collectionId: string, choice: EmbeddingChoice | undefined): Promise<void> {
    const embedding = this.#rows.now(collectionId).filter(({ state }) => state === 'embedding');
    await this.#queue.stop(embedding.map(({ id }) => id));
    const changed = await this.#host.store.setEmbedding(collectionId, choice);
    if (!changed) return;
    this.#collections.put(changed.collection);
    for (const document of changed.documents) {
      // One that is being read goes on, and is told at its end.
      if (this.#rows.get(document.id)?.progress === undefined) this.#rows.put(document);
    }
    await this.#feed.drop(collectionId);
    this.#queue.retryEmbedding(collectionId);
  }

  /** Those that can be had now. */
  embeddingChoices(signal: AbortSignal): Promise<readonly EmbeddingOffer[]> {
    return embeddingOffers(this.#host.backends, signal);
  }

  /** What cannot be added is in the report. @throws BackendError where the browser's storage fails */
  async addFiles(collectionId: string, files: readonly AddedFile[]): Promise<AddReport> {
    await this.open();
    const { signal } = this.#adding;
    // Refusing is the browser's right.
    await navigator.storage?.persist().catch(() => false);
    return this.#lock.whileAdding(() => addFiles(collectionId, files, this.#addSources, signal));
  }

  /** @param name with an ending that tells its kind, or without for plain text */
  addText(collectionId: string, name: string, text: string): Promise<AddReport> {
    return this.addFiles(collectionId, [textFile(name, text)]);
  }

  /** @throws BackendError where the address cannot be read from this page; the signal's reason */
  async addUrl(collectionId: string, url: string, signal: AbortSignal): Promise<AddReport> {
    const { fetchFile } = await import('./fetch-file');
    const file = await fetchFile(url, signal);
    return this.addFiles(collectionId, [{ file, url: url.trim() }]);
  }

  /** What is being read comes to its end. A reload changes nothing. */
  pause(): void {
    this.#queue.pause();
  }

  resume(): void {
    this.#queue.resume();
  }

  /** One that was not read yet is taken out; one whose vectors are being made stays, found by its words only. */
  async cancel(documentId: string): Promise<void> {
    const item = this.#rows.get(documentId);
    if (!item) return;
    if (item.state === 'waiting' || item.state === 'reading') return this.remove(documentId);
    if (item.state !== 'embedding') return;
    await this.#queue.stop([documentId]);
    const document = stored(this.#rows.get(documentId) ?? item);
    if (document.state !== 'embedding') return;
    await this.#change({ ...document, state: 'ready', isKeywordsOnly: true });
  }

  /** The same for all that are under way; files that are being added are not. @param collectionId absent for all */
  async cancelAll(collectionId?: string): Promise<void> {
    this.#adding.abort();
    this.#adding = new AbortController();
    const items = [...this.#rows.all()].filter(
      (item) => collectionId === undefined || item.collectionId === collectionId,
    );
    await this.#queue.stop(items.map(({ id }) => id));
    for (const { id } of items) await this.cancel(id);
  }

  /** One that failed is read again; one without vectors gets them. */
  async retry(documentId: string): Promise<void> {
    const item = this.#rows.get(documentId);
    if (!item || item.progress !== undefined) return;
    const document = without(stored(item), 'error', 'isKeywordsOnly');
    if (item.state === 'failed') await this.#change({ ...document, state: 'waiting' });
    else if (item.isKeywordsOnly && this.collection(item.collectionId)?.embedding)
      await this.#change({ ...document, state: 'embedding' });
    this.#queue.retryEmbedding(item.collectionId);
  }

  /** After `work.embeddingErrors` named the collection. */
  retryEmbedding(collectionId: string): void {
    this.#queue.retryEmbedding(collectionId);
  }

  /** With its text, its vectors and its file. @throws BackendError */
  async remove(documentId: string): Promise<void> {
    const item = this.#rows.get(documentId);
    if (!item) return;
    await this.#queue.stop([documentId]);
    await this.#host.store.delete(documentId);
    this.#rows.remove(documentId);
    await this.#host.originals.delete(item);
    this.#feed.follow(item.collectionId);
    this.#queue.start();
  }

  /** The file as it was added; undefined where this browser could not keep it. @throws BackendError */
  original(documentId: string): Promise<File | undefined> {
    return this.#content.original(documentId);
  }

  /** @throws BackendError where it was not read (yet), or was removed */
  text(documentId: string): Promise<DocumentText> {
    return this.#content.text(documentId);
  }

  /** One for each answer: it tells of its own searches only. The index begins to be filled by this. */
  async retriever(collectionId: string): Promise<Retriever> {
    await this.open();
    const source = this.collection(collectionId)?.source;
    if (source) return retrieverElsewhere(collectionId, source);
    this.#feed.bringUpToDate(collectionId).catch(() => undefined);
    return new LocalRetriever(collectionId, {
      rows: this.#rows,
      index: this.#index,
      feed: this.#feed,
      embedder: this.#embedder,
      collection: () => this.collection(collectionId),
    });
  }

  get #addSources(): AddSources {
    return {
      ...this.#host,
      rows: this.#rows,
      work: this.work,
      stop: (ids) => this.#queue.stop(ids),
      start: () => this.#queue.start(),
    };
  }

  async #open(): Promise<void> {
    const { store } = this.#host;
    await this.#collections.open(this.#failed);
    this.#rows.take(await store.readDocuments());
    this.work.isPaused = await store.isPaused();
    this.#shown.show();
    this.isOpen = true;
    store.watchDocumentsElsewhere((reading) => {
      this.#rows.take(reading);
      this.#feed.followAll();
      this.#queue.start();
    }, this.#failed);
    this.#queue.start();
    removeForgotten(this.#host, this.#lock).catch(this.#failed);
  }

  async #change(document: StoredDocument): Promise<void> {
    if (this.#rows.held.has(document.id) || (await this.#host.store.change(document)))
      this.#rows.put(document);
    else this.#rows.remove(document.id);
    this.#feed.follow(document.collectionId);
    this.#queue.start();
  }

  async #renewVectors(collectionId: string): Promise<void> {
    const choice = this.collection(collectionId)?.embedding;
    if (!choice) return;
    await this.setEmbedding(collectionId, this.#embedder.renewed(choice));
    this.#host.notices.info(`${choice.modelLabel} has changed: the vectors of its documents are made anew.`);
  }

  readonly #failed = (thrown: unknown): void => this.#host.notices.failed(thrown);
}
