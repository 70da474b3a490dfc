import { expect, test } from 'vitest';
import { chatPath, parseRoute } from '../../../src/app/routes';

test.each([
  ['', { screen: 'chat' }],
  ['#/chat', { screen: 'chat' }],
  ['#/chat/abc', { screen: 'chat', conversationId: 'abc' }],
  ['#/models', { screen: 'models' }],
  ['#/settings?x=1', { screen: 'settings' }],
  ['#/nowhere', { screen: 'chat' }],
])('%s', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test('a path leads back to its route', () => {
  expect(parseRoute(chatPath('abc'))).toEqual({ screen: 'chat', conversationId: 'abc' });
});
