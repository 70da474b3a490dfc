import { expect, test } from 'vitest';
import { chatPath, parseRoute } from '../../../src/app/routes';
import { documentPath } from '../../../src/ui/documents/document-path';

test.each([
  ['', { screen: 'chat' }],
  ['#/chat', { screen: 'chat' }],
  ['#/chat/abc', { screen: 'chat', conversationId: 'abc' }],
  ['#/models', { screen: 'models' }],
  ['#/settings?x=1', { screen: 'settings' }],
  ['#/documents', { screen: 'documents' }],
  ['#/documents/c1', { screen: 'documents', collectionId: 'c1' }],
  ['#/documents/c1/d1', { screen: 'documents', collectionId: 'c1', documentId: 'd1' }],
  ['#/documents/c1/d1?from=5&until=5', { screen: 'documents', collectionId: 'c1', documentId: 'd1' }],
  ['#/documents/c1/d1?from=x', { screen: 'documents', collectionId: 'c1', documentId: 'd1' }],
  ['#/nowhere', { screen: 'chat' }],
])('%s', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test('the address of a passage leads back to it', () => {
  expect(parseRoute(documentPath('c1', 'd1', { start: 0, end: 12 }))).toEqual({
    screen: 'documents',
    collectionId: 'c1',
    documentId: 'd1',
    range: { start: 0, end: 12 },
  });
});

test('a path leads back to its route', () => {
  expect(parseRoute(chatPath('abc'))).toEqual({ screen: 'chat', conversationId: 'abc' });
});
