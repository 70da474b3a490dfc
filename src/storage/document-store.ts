/** Collections and their documents as rows. Text and vectors of a document are written at the end of each step, as a whole. */
import {
  type Collection,
  type EmbeddingChoice,
  type ReadDocument,
  type StoredDocument,
  vectorModel,
} from '../core/document';
import { without } from '../platform/without';
import type { Connection, SwitchyardDatabase, WriteTransaction } from './database';
import type { DocumentTextRow, DocumentVectorsRow, Table } from './schema';
import type { StopWatching } from './stop-watching';

const ofDocuments = ['documents', 'documentTexts', 'documentVectors'] as const satisfies readonly Table[];
const withCollections = [...ofDocuments, 'collections'] as const satisfies readonly Table[];

/** Beside the settings of the page, which pass over what they do not know. */
const pauseKey = 'documentsPaused';

export interface DocumentsReading {
  readonly documents: readonly StoredDocument[];
  /** When the reading began, by `performance.now()`: what changed after that may be missing. */
  readonly since: number;
}

export interface ChangedCollection {
  readonly collection: Collection;
  readonly documents: readonly StoredDocument[];
}

/** What a search needs of a document. */
export interface KeptDocument {
  readonly document: StoredDocument;
  readonly text: DocumentTextRow;
  readonly vectors?: DocumentVectorsRow;
}

/** Every method rejects with a BackendError when the browser's storage fails. */
export class DocumentStore {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Of the database. */
  get name(): string {
    return this.#database.name;
  }

  /** Calls back now and after every change, also one made in another tab; in no order. */
  watchCollections(
    onChange: (collections: Collection[]) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    const all = (connection: Connection) => connection.getAll('collections');
    return this.#database.watch('collections', all, onChange, onError);
  }

  /** Calls back now and after changes of another tab: with thousands of rows, who changes one knows the rest. */
  watchDocumentsElsewhere(
    onChange: (reading: DocumentsReading) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    return this.#database.watch('documents', readAll, onChange, onError, 'elsewhere');
  }

  async readDocuments(): Promise<DocumentsReading> {
    return this.#database.read(readAll);
  }

  async saveCollection(collection: Collection): Promise<void> {
    await this.#database.write(['collections'], (transaction) =>
      transaction.objectStore('collections').put(collection),
    );
  }

  /** What is not there any more stays away. @returns the row as it is now */
  async changeCollection(id: string, change: Partial<Collection>): Promise<Collection | undefined> {
    return this.#database.write(['collections'], async (transaction) => {
      const table = transaction.objectStore('collections');
      const collection = await table.get(id);
      if (!collection) return undefined;
      const changed = { ...collection, ...change };
      await table.put(changed);
      return changed;
    });
  }

  /** With all that was made of its documents; the original files are not here. */
  async deleteCollection(id: string): Promise<void> {
    await this.#database.write(withCollections, async (transaction) => {
      await transaction.objectStore('collections').delete(id);
      const index = transaction.objectStore('documents').index('collectionId');
      for (const documentId of await index.getAllKeys(id)) await erase(transaction, documentId);
    });
  }

  /**
   * Vectors of another model are of no use: all of the collection are deleted, and what was read waits for new ones.
   * @param embedding absent for keywords alone
   * @returns undefined where the collection is not there any more
   */
  async setEmbedding(
    id: string,
    embedding: EmbeddingChoice | undefined,
  ): Promise<ChangedCollection | undefined> {
    return this.#database.write(['collections', 'documents', 'documentVectors'], async (transaction) => {
      const before = await transaction.objectStore('collections').get(id);
      if (!before) return undefined;
      const collection = { ...without(before, 'embedding'), ...(embedding && { embedding }) };
      await transaction.objectStore('collections').put(collection);
      const table = transaction.objectStore('documents');
      const documents = (await table.index('collectionId').getAll(id)).map((row) => unmade(row, embedding));
      for (const document of documents) {
        await table.put(document);
        await transaction.objectStore('documentVectors').delete(document.id);
      }
      return { collection, documents };
    });
  }

  /** Whether the work on documents was paused, by whichever tab did it. */
  async isPaused(): Promise<boolean> {
    return (await this.#database.read((connection) => connection.getKey('settings', pauseKey))) !== undefined;
  }

  async setPaused(isPaused: boolean): Promise<void> {
    await this.#database.write(['settings'], async (transaction) => {
      const table = transaction.objectStore('settings');
      if (isPaused) await table.put({ key: pauseKey, value: true });
      else await table.delete(pauseKey);
    });
  }

  async readDocument(id: string): Promise<StoredDocument | undefined> {
    return this.#database.read((connection) => connection.get('documents', id));
  }

  /** A document that is to be read, for the first time or anew: what was made of it before goes. */
  async expect(document: StoredDocument): Promise<void> {
    await this.#database.write(ofDocuments, async (transaction) => {
      await erase(transaction, document.id);
      await transaction.objectStore('documents').put(document);
    });
  }

  /** A row alone. What was deleted meanwhile stays away. @returns whether it was still there */
  async change(document: StoredDocument): Promise<boolean> {
    return this.#database.write(['documents'], async (transaction) => {
      if (!(await isKept(transaction, document))) return false;
      await transaction.objectStore('documents').put(document);
      return true;
    });
  }

  /**
   * The row and the text, both or neither. What was deleted or changed meanwhile stays as it is.
   * @param isNew its row was not written before, because its file could not be kept
   * @returns whether it was written
   */
  async finishReading(document: StoredDocument, read: ReadDocument, isNew: boolean): Promise<boolean> {
    return this.#database.write(
      withCollections,
      async (transaction) => {
        const collection = await transaction.objectStore('collections').getKey(document.collectionId);
        if (collection === undefined || !(isNew || (await isKept(transaction, document)))) return false;
        await transaction.objectStore('documents').put(document);
        await transaction.objectStore('documentTexts').put({ ...read, documentId: document.id });
        return true;
      },
      ofDocuments,
    );
  }

  /**
   * The row, the vectors, and the chunks where they are others, all or nothing.
   * @param read with other chunks than before; absent where they are the same
   * @returns whether it was still there, and its collection of this model
   */
  async finishEmbedding(
    document: StoredDocument,
    vectors: DocumentVectorsRow,
    read?: ReadDocument,
  ): Promise<boolean> {
    return this.#database.write(
      withCollections,
      async (transaction) => {
        const collection = await transaction.objectStore('collections').get(document.collectionId);
        const model = collection?.embedding && vectorModel(collection.embedding);
        if (model !== vectors.model || !(await isKept(transaction, document))) return false;
        await transaction.objectStore('documents').put(document);
        await transaction.objectStore('documentVectors').put(vectors);
        if (read) await transaction.objectStore('documentTexts').put({ ...read, documentId: document.id });
        return true;
      },
      ofDocuments,
    );
  }

  /** The row with all that was made of it. */
  async delete(id: string): Promise<void> {
    await this.#database.write(ofDocuments, (transaction) => erase(transaction, id));
  }

  async readText(id: string): Promise<DocumentTextRow | undefined> {
    return this.#database.read((connection) => connection.get('documentTexts', id));
  }

  async readVectors(id: string): Promise<DocumentVectorsRow | undefined> {
    return this.#database.read((connection) => connection.get('documentVectors', id));
  }

  /** Undefined where it was not read (any more). */
  async readKept(document: StoredDocument): Promise<KeptDocument | undefined> {
    return this.#database.read(async (connection) => {
      const transaction = connection.transaction(['documentTexts', 'documentVectors']);
      const text = await transaction.objectStore('documentTexts').get(document.id);
      const vectors = await transaction.objectStore('documentVectors').get(document.id);
      return text && { document, text, ...(vectors && { vectors }) };
    });
  }

  /** Everything of an imported collection, all or nothing. */
  async restore(
    collection: Collection,
    documents: readonly (StoredDocument | KeptDocument)[],
  ): Promise<void> {
    await this.#database.write(withCollections, async (transaction) => {
      await transaction.objectStore('collections').put(collection);
      for (const one of documents) await putKept(transaction, one);
    });
  }
}

async function readAll(connection: Connection): Promise<DocumentsReading> {
  const since = performance.now();
  return { documents: await connection.getAll('documents'), since };
}

async function putKept(transaction: WriteTransaction, one: StoredDocument | KeptDocument): Promise<void> {
  await transaction.objectStore('documents').put('document' in one ? one.document : one);
  if (!('document' in one)) return;
  await transaction.objectStore('documentTexts').put(one.text);
  if (one.vectors) await transaction.objectStore('documentVectors').put(one.vectors);
}

/** As it is before its vectors are made; one that was not read yet stays as it is. */
function unmade(document: StoredDocument, embedding: EmbeddingChoice | undefined): StoredDocument {
  if (document.state !== 'embedding' && document.state !== 'ready') return document;
  return {
    ...without(document, 'isKeywordsOnly'),
    state: embedding && (document.chunkCount ?? 0) > 0 ? 'embedding' : 'ready',
  };
}

/** The same file as when the work on it began. */
async function isKept(transaction: WriteTransaction, { id, sha256 }: StoredDocument): Promise<boolean> {
  return (await transaction.objectStore('documents').get(id))?.sha256 === sha256;
}

async function erase(transaction: WriteTransaction, documentId: string): Promise<void> {
  for (const table of ofDocuments) await transaction.objectStore(table).delete(documentId);
}
