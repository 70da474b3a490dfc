/** Everything as one file: what comes back is what was there, under ids of its own; a bad file changes nothing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BackendError } from '../../../../src/core/backend-error';
import { readArchive } from '../../../../src/platform/archive/read-archive';
import { type ArchiveEntry, writeArchive } from '../../../../src/platform/archive/write-archive';
import { usualRetrieval } from '../../../../src/core/retrieval';
import { PageArchive } from '../../../../src/state/archive/page-archive';
import type { DocumentLibrary } from '../../../../src/state/documents/document-library.svelte';
import { AllRows } from '../../../../src/storage/all-rows';
import { BatchStore } from '../../../../src/storage/batch-store';
import { ComparisonStore } from '../../../../src/storage/comparison-store';
import { ConversationStore } from '../../../../src/storage/conversation-store';
import { VoteStore } from '../../../../src/storage/vote-store';
import { batchRun, cellResult } from '../../../unit/batch/batch-run';
import { answer, conversation, question, vote } from '../../storage/rows';
import { DocumentsPage, letters, never, soon, textFile } from './documents-page';

let page: DocumentsPage;
let library: DocumentLibrary;
let archive: PageArchive;
let conversations: ConversationStore;
let batches: BatchStore;
let votes: VoteStore;

beforeEach(async () => {
  page = new DocumentsPage();
  library = await page.openLibrary();
  conversations = new ConversationStore(page.database);
  batches = new BatchStore(page.database);
  votes = new VoteStore(page.database);
  archive = new PageArchive({
    all: new AllRows(page.database),
    conversations,
    comparisons: new ComparisonStore(page.database),
    batches,
    votes,
    store: page.store,
    originals: page.originals,
    library,
  });
});
afterEach(() => page.close());

const statesOf = (id: string) => library.documentsOf(id).map(({ state }) => state);

async function fill(): Promise<void> {
  await library.setEmbedding('documents', letters);
  await library.addFiles('documents', [
    textFile('a.md', '# Zebras\n\nThey graze.', 'box/a.md'),
    { file: new File(['%PDF-1.7\nbroken'], 'broken.pdf') },
  ]);
  await expect.poll(() => statesOf('documents').sort(), soon).toEqual(['failed', 'ready']);
  await conversations.save(conversation, [question, { ...answer, text: 'Because.', state: 'done' }]);
}

test('an export brings everything back beside what is here, vectors and files included', async () => {
  await fill();
  const asked = page.asked.length;
  const file = await archive.exportAll();
  const report = await archive.import(file, never());
  expect(report).toEqual({
    conversations: 1,
    comparisons: 0,
    batches: 0,
    votes: 0,
    collections: 1,
    documents: 2,
  });
  const copy = library.collections.find(({ id }) => id !== 'documents');
  await expect.poll(() => statesOf(copy?.id ?? '').sort(), soon).toEqual(['failed', 'ready']);
  const before = library.documentsOf('documents').find(({ name }) => name === 'a.md');
  const after = library.documentsOf(copy?.id ?? '').find(({ name }) => name === 'a.md');
  expect(after).toEqual({ ...before, id: after?.id, collectionId: copy?.id });
  expect(after?.id).not.toBe(before?.id);
  expect(await library.text(after?.id ?? '')).toEqual(await library.text(before?.id ?? ''));
  const vectors = async (id = '') => (await page.store.readVectors(id))?.vectors;
  expect(await vectors(after?.id)).toEqual(await vectors(before?.id));
  expect(page.asked).toHaveLength(asked);
  expect(await (await library.original(after?.id ?? ''))?.text()).toBe('# Zebras\n\nThey graze.');
  const retriever = await library.retriever(copy?.id ?? '');
  const [passage] = await retriever.search({ text: 'zebras', settings: usualRetrieval }, never());
  expect(passage?.documentId).toBe(after?.id);
  const all = await new AllRows(page.database).conversations();
  expect(all.map(({ title }) => title)).toEqual(['Trains', 'Trains']);
  const imported = all.find(({ id }) => id !== conversation.id);
  const messages = await conversations.readMessages(imported?.id ?? '');
  expect(messages.map(({ text }) => text)).toEqual(['Why?', 'Because.']);
  expect(messages[1]?.parentId).toBe(messages[0]?.id);
});

test('batches come back beside those that are here; a vote that is here already is not counted again', async () => {
  const batch = { id: 'b', createdAt: 1, updatedAt: 2, run: batchRun() };
  await batches.restore({ batch, results: [cellResult(1)] });
  await votes.add([vote('v', 1)]);
  const all = new AllRows(page.database);
  const file = await archive.exportAll();
  expect(await archive.import(file, never())).toMatchObject({ batches: 1, votes: 0 });
  const ids = await all.batchIds();
  expect(ids).toHaveLength(2);
  const imported = await batches.readWhole(ids.find((id) => id !== 'b') ?? '');
  expect(imported).toMatchObject({ batch: { run: batch.run }, results: [cellResult(1)] });
  expect(await all.votes()).toEqual([vote('v', 1)]);
  await votes.deleteAll();
  expect(await archive.import(file, never())).toMatchObject({ batches: 1, votes: 1 });
  expect(await all.votes()).toEqual([vote('v', 1)]);

  vi.spyOn(votes, 'add').mockRejectedValueOnce(new BackendError('storage-full', 'No space left.'));
  await expect(archive.import(file, never())).rejects.toThrow('No space left');
  expect(await all.batchIds()).toHaveLength(3);
});

test.each<[string, (name: string, content: string) => string | undefined]>([
  ['an offset beyond the text', (_, content) => content.replace('"start":2', '"start":99')],
  ['a field that is missing', (_, content) => content.replace('"addedAt"', '"other"')],
  ['a file with other bytes', (name, content) => (name.endsWith('original') ? `${content}!` : content)],
  ['a part that is no JSON', (name, content) => (name.startsWith('collections/') ? '{' : content)],
  ['no mark of its maker', (name, content) => (name === 'switchyard.json' ? undefined : content)],
])('%s: nothing is imported', async (_, spoil) => {
  await fill();
  const file = await spoiled(await archive.exportAll(), spoil);
  await expect(archive.import(file, never())).rejects.toMatchObject({ code: 'bad-request' });
  await library.lookAgain();
  expect(library.collections).toHaveLength(1);
  expect((await page.store.readDocuments()).documents).toHaveLength(2);
  expect(await page.originals.list()).toHaveLength(2);
  expect(await new AllRows(page.database).conversations()).toHaveLength(1);
});

test('of two collections and a conversation, all are imported or none', async () => {
  await fill();
  const { id } = await library.createCollection('Second');
  await library.addFiles(id, [textFile('b.txt', 'gnus graze')]);
  await expect.poll(() => statesOf(id), soon).toEqual(['ready']);
  const file = await archive.exportAll();
  const expectNothingNew = async (): Promise<void> => {
    await library.lookAgain();
    expect(library.collections).toHaveLength(2);
    expect((await page.store.readDocuments()).documents).toHaveLength(3);
    expect(await page.originals.list()).toHaveLength(3);
    expect(await new AllRows(page.database).conversations()).toHaveLength(1);
  };
  for (const spoil of [
    (name: string, content: string) => (name === `collections/${id}.json` ? '{}' : content),
    (name: string, content: string) => (name.startsWith('conversations/') ? `${content}]` : content),
  ]) {
    const error = await archive
      .import(await spoiled(file, spoil), never())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BackendError);
    expect(BackendError.from(error).detail.hint).toContain('Nothing was changed');
    await expectNothingNew();
  }
  vi.spyOn(conversations, 'save').mockRejectedValueOnce(new BackendError('storage-full', 'No space left.'));
  await expect(archive.import(file, never())).rejects.toThrow('No space left');
  await expectNothingNew();
});

test('a letter that is not what it was is noticed', async () => {
  await fill();
  const bytes = new Uint8Array(await (await archive.exportAll()).arrayBuffer());
  const at = new TextDecoder('latin1').decode(bytes).indexOf('They graze');
  bytes[at] = 0x61;
  await expect(archive.import(new Blob([bytes]), never())).rejects.toThrow('it is damaged');
  expect(library.collections).toHaveLength(1);
});

test('a file that is cut short, or anything else, is no archive', async () => {
  await fill();
  const file = await archive.exportAll();
  for (const bad of [file.slice(0, file.size - 1), new Blob(['hello']), new Blob([])])
    await expect(archive.import(bad, never())).rejects.toThrow('not exported from here');
});

async function spoiled(
  file: Blob,
  spoil: (name: string, content: string) => string | undefined,
): Promise<Blob> {
  const entries = (await readArchive(file)) ?? new Map<string, never>();
  async function* parts(): AsyncGenerator<ArchiveEntry> {
    for (const [name, read] of entries) {
      const content = (await read()) ?? new Blob();
      if (name.endsWith('.f32')) yield { name, content };
      else {
        const text = spoil(name, await content.text());
        if (text !== undefined) yield { name, content: new Blob([text]) };
      }
    }
  }
  return writeArchive(parts());
}
