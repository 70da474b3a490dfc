/** A collection that comes in a file must not send questions to another place than it shows. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { collectionSchema } from '../../../src/documents/kept/document-schema';

const source = {
  kind: 'search-address',
  label: 'wiki.example',
  url: 'https://wiki.example/find',
  via: 'direct',
  method: 'POST',
  questionField: 'query',
  resultsPath: 'hits',
  textPath: 'text',
};
const relayed = { label: 'Our wiki', url: '/api/searches/wiki', via: 'relay' };

it.each([
  [{}, true],
  [relayed, true],
  [{ label: 'Our wiki' }, false],
  [{ url: 'javascript:alert(1)', label: '' }, false],
  [{ ...relayed, url: 'https://evil.example/' }, false],
  [{ ...relayed, url: '/api/searches/../config' }, false],
  [{ ...relayed, url: '//evil.example/api/searches/wiki' }, false],
])('%j is taken: %s', (change, isTaken) => {
  const collection = { id: 'c', name: 'Wiki', createdAt: 1, source: { ...source, ...change } };
  expect(v.is(collectionSchema, collection)).toBe(isTaken);
});

it('keeps the database of a collection', () => {
  const collection = { id: 'c', name: 'Shelf', createdAt: 1, database: { id: 'shelf', label: 'Shelf' } };
  expect(v.parse(collectionSchema, collection)).toEqual(collection);
});
