/**
 * Everything that a person made here as one file: conversations, comparisons, batches, votes, and collections with their
 * documents, vectors and files. Reading it adds, all or nothing; what is here is not changed.
 */
import { readBatchFile, writeBatchFile } from '../../batch/kept/batch-file';
import { readComparisonFile, writeComparisonFile } from '../../compare/kept/comparison-file';
import { readConversationFile, writeConversationFile } from '../../compare/kept/conversation-file';
import { readVoteFile, voteWithNewIds, writeVoteFile } from '../../compare/kept/vote-file';
import type { WholeBatch } from '../../core/batch';
import { BackendError } from '../../core/backend-error';
import type { Collection } from '../../core/document';
import type { Vote } from '../../core/vote';
import { readArchive } from '../../platform/archive/read-archive';
import { type ArchiveEntry, writeArchive } from '../../platform/archive/write-archive';
import type { AllRows } from '../../storage/all-rows';
import type { BatchStore } from '../../storage/batch-store';
import type { ComparisonStore } from '../../storage/comparison-store';
import type { ConversationStore } from '../../storage/conversation-store';
import type { DocumentStore } from '../../storage/document-store';
import type { OriginalFiles } from '../../storage/original-files';
import type { VoteStore } from '../../storage/vote-store';
import { type ArchiveEntries, blobOf, textOf } from '../documents/archive-entries';
import type { DocumentLibrary } from '../documents/document-library.svelte';
import { exportCollection } from '../documents/export-collection';
import { forgetCollection, importCollections } from '../documents/import-collections';
import { WorkLock } from '../documents/work-lock';
import { newId } from '../new-id';
import { withImportedIds } from './with-imported-ids';

export interface ArchiveHost {
  readonly all: AllRows;
  readonly conversations: ConversationStore;
  readonly comparisons: ComparisonStore;
  readonly batches: BatchStore;
  readonly votes: VoteStore;
  readonly store: DocumentStore;
  readonly originals: OriginalFiles;
  readonly library: DocumentLibrary;
}

/** How many there were of each. */
export interface ImportReport {
  readonly conversations: number;
  readonly comparisons: number;
  readonly batches: number;
  /** Those that were not here yet. */
  readonly votes: number;
  readonly collections: number;
  readonly documents: number;
}

const mark = { format: 'switchyard-archive', version: 1 };
const markName = 'switchyard.json';
const conversationName = /^conversations\/[^/]+\.json$/;
const comparisonName = /^comparisons\/[^/]+\.json$/;
const batchName = /^batches\/[^/]+\.json$/;
const voteName = /^votes\.json$/;

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

  /** @throws BackendError with what is wrong with the file, or why there is no room; then nothing was imported */
  async import(file: Blob, signal: AbortSignal): Promise<ImportReport> {
    const entries = await readArchive(file);
    if (!entries || !(await isOurs(entries))) throw foreign();
    const chats = await textsOf(entries, conversationName);
    const comparisons = await textsOf(entries, comparisonName);
    // Before the first row is written, although the ids of documents are not known yet.
    for (const content of chats) readConversationFile(content, newId);
    for (const content of comparisons) readComparisonFile(content, newId);
    const batches = (await textsOf(entries, batchName)).map((content) => readBatchFile(content, newId));
    const votes = (await textsOf(entries, voteName)).flatMap(readVoteFile);
    const { library } = this.#host;
    await library.open();
    /** In order; the last one is taken back first. */
    const undo: (() => Promise<unknown>)[] = [];
    try {
      // Its files are written before their rows.
      const lock = new WorkLock(this.#host.store.name);
      const collections = await lock.whileAdding(() => importCollections(entries, this.#host, signal));
      for (const { collection } of collections) undo.push(() => forgetCollection(collection.id, this.#host));
      const ids = new Map(collections.flatMap((one) => [...one.ids]));
      for (const content of chats) undo.push(await this.#importConversation(withImportedIds(content, ids)));
      const renewed = new Map<string, string>();
      for (const content of comparisons)
        undo.push(await this.#importComparison(withImportedIds(content, ids), renewed));
      for (const batch of batches) undo.push(await this.#importBatch(batch));
      const added = await this.#importVotes(votes.map((vote) => voteWithNewIds(vote, renewed)));
      const documents = collections.reduce((sum, one) => sum + one.documents.length, 0);
      return {
        conversations: chats.length,
        comparisons: comparisons.length,
        batches: batches.length,
        votes: added,
        collections: collections.length,
        documents,
      };
    } catch (thrown) {
      for (const takeBack of undo.reverse()) await takeBack();
      throw thrown;
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
    const { all, comparisons, batches, library } = this.#host;
    await library.open();
    for (const conversation of await all.conversations()) {
      const content = writeConversationFile({ conversation, messages: await all.messages(conversation.id) });
      yield jsonEntry(`conversations/${conversation.id}.json`, content);
    }
    for (const id of await all.comparisonIds()) {
      const whole = await comparisons.readWhole(id);
      if (whole) yield jsonEntry(`comparisons/${id}.json`, writeComparisonFile(whole));
    }
    for (const id of await all.batchIds()) {
      const whole = await batches.readWhole(id);
      if (whole) yield jsonEntry(`batches/${id}.json`, writeBatchFile(whole));
    }
    const votes = await all.votes();
    if (votes.length > 0) yield jsonEntry('votes.json', writeVoteFile(votes));
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

  /** @returns what takes it back */
  async #importConversation(content: string): Promise<() => Promise<unknown>> {
    const { conversations } = this.#host;
    const { conversation, messages } = readConversationFile(content, newId);
    await conversations.save(conversation, messages);
    return () => conversations.delete(conversation.id);
  }

  /** @param renewed takes the new ids of what votes name. @returns what takes it back */
  async #importComparison(content: string, renewed: Map<string, string>): Promise<() => Promise<unknown>> {
    const { comparisons } = this.#host;
    const whole = readComparisonFile(content, newId);
    await comparisons.restore(whole);
    for (const [old, id] of whole.renewed) renewed.set(old, id);
    return () => comparisons.delete(whole.comparison.id);
  }

  /** @returns what takes it back */
  async #importBatch(whole: WholeBatch): Promise<() => Promise<unknown>> {
    const { batches } = this.#host;
    await batches.restore(whole);
    return () => batches.delete(whole.batch.id);
  }

  /** The last step, all of them or none, so that nothing takes them back. @returns how many were not here yet */
  async #importVotes(votes: readonly Vote[]): Promise<number> {
    const known = new Set((await this.#host.all.votes()).map(({ id }) => id));
    const added = votes.filter(({ id }) => !known.has(id));
    await this.#host.votes.add(added);
    return added.length;
  }
}

function jsonEntry(name: string, content: string): ArchiveEntry {
  return { name, content: new Blob([content], { type: 'application/json' }) };
}

async function textsOf(entries: ArchiveEntries, name: RegExp): Promise<string[]> {
  const names = [...entries.keys()].filter((entry) => name.test(entry));
  return Promise.all(names.map((entry) => textOf(entries, entry)));
}

async function isOurs(entries: ArchiveEntries): Promise<boolean> {
  const content = await (await blobOf(entries, markName))?.text();
  return content === JSON.stringify(mark);
}

function foreign(): BackendError {
  const message =
    'This file was not imported: it was not exported from here, or only its beginning is there.';
  return new BackendError('bad-request', message, { hint: 'Nothing was changed.' });
}
