import { expect, it } from 'vitest';
import { chooseAnswer } from '../../../src/offline/worker/choose-answer';

const origin = 'https://page.example';
const shell = new Set(['/', '/favicon.svg']);

function ask(path: string, { mode = 'cors', method = 'GET', headers = {} } = {}) {
  const url = new URL(path, origin).href;
  return chooseAnswer(
    { url, method, mode: mode as RequestMode, headers: new Headers(headers) },
    origin,
    shell,
  );
}

it.each([
  ['/', { mode: 'navigate' }, 'page'],
  ['/index.html?source=pwa', { mode: 'navigate' }, 'page'],
  ['/elsewhere', { mode: 'navigate' }, 'network'],
  ['/favicon.svg', {}, 'shell'],
  ['/unknown.txt', {}, 'network'],
  ['/assets/index-aaaaaaaa.js', {}, 'asset'],
  ['/assets/index-aaaaaaaa.js', { method: 'HEAD' }, 'network'],
  ['/assets/big-aaaaaaaa.wasm', { headers: { range: 'bytes=5-' } }, 'network'],
  ['/models/tiny.gguf', {}, 'network'],
  ['/api/config', {}, 'network'],
  ['/relay/ollama/api/chat', { method: 'POST' }, 'network'],
  ['https://other.example/assets/index-aaaaaaaa.js', {}, 'network'],
])('%s %j is answered from: %s', (path, request, answer) => {
  expect(ask(path, request)).toBe(answer);
});
