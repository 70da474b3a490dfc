/** What is refused of a document, or of a collection, that comes from a file. */
import { expect, test } from 'vitest';
import { readCollectionFile, readDocumentFile } from '../../../src/documents/kept/document-file';

const document = {
  id: 'd',
  collectionId: 'c',
  name: 'a.txt',
  kind: 'text',
  bytes: 5,
  sha256: 'a'.repeat(64),
  addedAt: 1,
  state: 'ready',
};
const chunk = { start: 0, end: 5, headings: [], tokens: 1 };
const read = { document: { text: 'hello', blocks: [], notices: [] }, chunks: [chunk] };
const write = (change: object): string => JSON.stringify({ document, read, ...change });

test('a document that is as it should be is read, and what is unknown in it is left out', () => {
  expect(readDocumentFile(write({ script: 'alert(1)' }))).toEqual({ document, read });
});

test.each([
  ['another kind', { document: { ...document, kind: 'exe' } }],
  ['a hash that is none', { document: { ...document, sha256: '../../x' } }],
  ['a chunk beyond the text', { read: { ...read, chunks: [{ ...chunk, end: 6 }] } }],
  ['a chunk that ends before it starts', { read: { ...read, chunks: [{ ...chunk, start: 3, end: 2 }] } }],
  ['an offset with a fraction', { read: { ...read, chunks: [{ ...chunk, start: 0.5 }] } }],
  ['a page beyond the text', { read: { ...read, document: { ...read.document, pages: [9] } } }],
  ['no text', { read: { ...read, document: {} } }],
])('%s is refused', (_, change) => {
  expect(() => readDocumentFile(write(change))).toThrow('not imported');
});

test('a collection whose search elsewhere is called by another name than its host is refused', () => {
  const source = {
    kind: 'search-address',
    label: 'Your own machine',
    url: 'https://search.example/ask',
    via: 'direct',
    method: 'GET',
    questionField: 'q',
    resultsPath: '',
    textPath: '',
  };
  const collection = { id: 'c', name: 'C', createdAt: 1, source };
  expect(() => readCollectionFile(JSON.stringify(collection))).toThrow('not imported');
  const honest = { ...collection, source: { ...source, label: 'search.example' } };
  expect(readCollectionFile(JSON.stringify(honest))).toEqual(honest);
});
