/** The only requests that the relay passes on, per kind of server. Everything else is refused. */
import type { ServerKind } from '../../src/core/connection';

const openAiRequests = [
  'GET /v1/models',
  'POST /v1/chat/completions',
  'POST /v1/completions',
  'POST /v1/embeddings',
];

const openAiServerRequests = [
  ...openAiRequests,
  'GET /',
  'GET /health',
  'GET /version',
  'GET /openapi.json',
  'GET /props',
  'POST /tokenize',
  'POST /extras/tokenize',
  'POST /extras/tokenize/count',
];

/** Never create, push, copy or blobs: they change the server or make it call others. */
const ollamaRequests = [
  ...openAiRequests,
  'GET /api/version',
  'GET /api/tags',
  'GET /api/ps',
  'POST /api/show',
  'POST /api/chat',
  'POST /api/generate',
  'POST /api/embed',
];

/** Change what models a server has, or has in its memory: only where the relay was told to let them through. */
const modelChanges: Readonly<Partial<Record<ServerKind, readonly string[]>>> = {
  ollama: ['POST /api/pull', 'DELETE /api/delete'],
  llamacpp: ['POST /models/load', 'POST /models/unload'],
};

const ollama = withHead(ollamaRequests);
const openAiServer = withHead(openAiServerRequests);

/**
 * Compares the path as it came, byte for byte. Nothing is decoded or normalised, so `..`, `%2f`, `//`
 * and backslashes are simply unknown paths.
 */
export function isAllowedRequest(kind: ServerKind, method: string, path: string): boolean {
  return (kind === 'ollama' ? ollama : openAiServer).has(`${method} ${path}`);
}

export function isModelChange(kind: ServerKind, method: string, path: string): boolean {
  return modelChanges[kind]?.includes(`${method} ${path}`) ?? false;
}

function withHead(requests: readonly string[]): ReadonlySet<string> {
  const heads = requests.filter((one) => one.startsWith('GET ')).map((one) => one.replace('GET', 'HEAD'));
  return new Set([...requests, ...heads]);
}
