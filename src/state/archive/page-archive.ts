/**
 * Everything that a person made here as one file: conversations, comparisons, and collections with their documents,
 * vectors and files. Reading it adds; nothing that is here is changed.
 */
import { readComparisonFile, writeComparisonFile } from '../../compare/kept/comparison-file';
import { readConversationFile, writeConversationFile } from '../../compare/kept/conversation-file';
import { BackendError } from '../../core/backend-error';
import type { Collection } from '../../core/document';
import { readArchive, type ReadEntry } from '../../platform/archive/read-archive';
import { type ArchiveEntry, writeArchive } from '../../platform/archive/write-archive';
import type { AllConversations } from '../../storage/all-conversations';
import type { ComparisonStore } from '../../storage/comparison-store';
import type { ConversationStore } from '../../storage/conversation-store';
import type { DocumentStore } from '../../storage/document-store';
import type { OriginalFiles } from '../../storage/original-files';
import type { DocumentLibrary } from '../documents/document-library.svelte';
import { exportCollection } from '../documents/export-collection';
import { importCollections } from '../documents/import-collections';
import { WorkLock } from '../documents/work-lock';
import { newId } from '../new-id';
import { withImportedIds } from './with-imported-ids';

export interface ArchiveHost {
  readonly all: AllConversations;
  readonly conversations: ConversationStore;
  readonly comparisons: ComparisonStore;
  readonly store: DocumentStore;
  readonly originals: OriginalFiles;
  readonly library: DocumentLibrary;
}

/** How many there were of each. */
export interface ImportReport {
  readonly conversations: number;
  readonly comparisons: number;
  readonly collections: number;
  readonly documents: number;
}

const mark = { format: 'switchyard-archive', version: 1 };
const markName = 'switchyard.json';
const conversationName = /^conversations\/[^/]+\.json$/;
const comparisonName = /^comparisons\/[^/]+\.json$/;

export class PageArchive {
  readonly #host: ArchiveHost;

  constructor(host: ArchiveHost) {
    this.#host = host;
  }

  /** @throws BackendError */
  exportAll(): Promise<Blob> {
    return this.#write(this.#everything());
  }

  /** One collection with its documents. @throws BackendError */
  exportCollection(collection: Collection): Promise<Blob> {
    return this.#write(this.#collections([collection]));
  }

  /** @throws BackendError `bad-request` with what is wrong with the file; what was imported before that stays, and is said */
  async import(file: Blob, signal: AbortSignal): Promise<ImportReport> {
    const entries = await readArchive(file);
    if (!entries || !(await isOurs(entries))) throw foreign();
    const { library } = this.#host;
    await library.open();
    try {
      // Its files are written before their rows.
      const lock = new WorkLock(this.#host.store.name);
      const collections = await lock.whileAdding(() => importCollections(entries, this.#host, signal));
      const ids = new Map(collections.flatMap((one) => [...one.ids]));
      const conversations = await this.#importConversations(entries, ids);
      const comparisons = await this.#importComparisons(entries, ids);
      const documents = collections.reduce((sum, one) => sum + one.documents.length, 0);
      return { conversations, comparisons, collections: collections.length, documents };
    } finally {
      await library.lookAgain();
    }
  }

  async #write(entries: AsyncIterable<ArchiveEntry>): Promise<Blob> {
    try {
      return await writeArchive(entries);
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      throw new BackendError('bad-request', 'There is more than one file can hold (4 GB).', {
        hint: 'Export the collections of documents one by one.',
      });
    }
  }

  async *#everything(): AsyncGenerator<ArchiveEntry> {
    const { all, comparisons, library } = this.#host;
    await library.open();
    for (const conversation of await all.conversations()) {
      const content = writeConversationFile({ conversation, messages: await all.messages(conversation.id) });
      yield jsonEntry(`conversations/${conversation.id}.json`, content);
    }
    for (const id of await all.comparisonIds()) {
      const whole = await comparisons.readWhole(id);
      if (whole) yield jsonEntry(`comparisons/${id}.json`, writeComparisonFile(whole));
    }
    yield* this.#collections(library.collections);
  }

  async *#collections(collections: readonly Collection[]): AsyncGenerator<ArchiveEntry> {
    yield jsonEntry(markName, JSON.stringify(mark));
    const { documents } = await this.#host.store.readDocuments();
    for (const collection of collections) {
      const own = documents.filter(({ collectionId }) => collectionId === collection.id);
      yield* exportCollection(collection, own, this.#host);
    }
  }

  async #importConversations(entries: Entries, ids: ReadonlyMap<string, string>): Promise<number> {
    const contents = await textsOf(entries, conversationName);
    // All are checked before the first is kept.
    const wholes = contents.map((content) => readConversationFile(withImportedIds(content, ids), newId));
    for (const { conversation, messages } of wholes)
      await this.#host.conversations.save(conversation, messages);
    return wholes.length;
  }

  async #importComparisons(entries: Entries, ids: ReadonlyMap<string, string>): Promise<number> {
    const contents = await textsOf(entries, comparisonName);
    const wholes = contents.map((content) => readComparisonFile(withImportedIds(content, ids), newId));
    for (const whole of wholes) await this.#host.comparisons.restore(whole);
    return wholes.length;
  }
}

type Entries = ReadonlyMap<string, ReadEntry>;

function jsonEntry(name: string, content: string): ArchiveEntry {
  return { name, content: new Blob([content], { type: 'application/json' }) };
}

async function textsOf(entries: Entries, name: RegExp): Promise<string[]> {
  const texts: string[] = [];
  for (const [entry, read] of entries) if (name.test(entry)) texts.push((await (await read())?.text()) ?? '');
  return texts;
}

async function isOurs(entries: Entries): Promise<boolean> {
  const content = await (await entries.get(markName)?.())?.text();
  return content === JSON.stringify(mark);
}

function foreign(): BackendError {
  const message =
    'This file was not imported: it was not exported from here, or only its beginning is there.';
  return new BackendError('bad-request', message, { hint: 'Nothing was changed.' });
}
