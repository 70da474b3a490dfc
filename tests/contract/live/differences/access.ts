/** Who is let in: keys and origins (REAL-SERVERS). */
import { allowedOrigin, chatBody, chatPath, otherOrigin } from './case';
import type { DifferenceCase } from './case';

const fromAllowed = { origin: allowedOrigin };
const fromElsewhere = { origin: otherOrigin };
const asks = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };

export const access: readonly DifferenceCase[] = [
  {
    what: 'no key, from an allowed page',
    path: chatPath,
    body: chatBody(),
    withoutKey: true,
    headers: fromAllowed,
    replies: {
      // Hidden: the refusal does not carry the header, so the page cannot read it.
      vllm: { status: 401, body: /^\{"error":"Unauthorized"\}$/, allowed: null },
      llamacpp: { status: 401, body: /authentication_error/, allowed: allowedOrigin },
      'llama-cpp-python': { status: 401, body: /"detail":"Invalid API key"/, allowed: allowedOrigin },
    },
  },
  {
    what: 'models without a key',
    path: '/v1/models',
    withoutKey: true,
    replies: { vllm: { status: 401 }, llamacpp: { status: 401 }, 'llama-cpp-python': { status: 401 } },
  },
  {
    what: 'preflight of a page that nobody named',
    method: 'OPTIONS',
    path: chatPath,
    headers: { ...fromElsewhere, ...asks },
    withoutKey: true,
    replies: {
      vllm: { status: 400, body: /Disallowed CORS origin/, allowed: null },
      instructlab: { status: 200, allowed: otherOrigin },
      llamacpp: { status: 200, allowed: otherOrigin },
    },
  },
  {
    what: 'any page, by default',
    path: '/v1/models',
    headers: fromAllowed,
    replies: {
      'vllm-embed': { status: 200, allowed: null },
      instructlab: { status: 200, allowed: allowedOrigin },
      'llamacpp-embed': { status: 200, allowed: allowedOrigin },
      ollama: { status: 200, allowed: allowedOrigin },
    },
  },
  {
    what: 'a page of another site',
    path: '/api/version',
    headers: fromElsewhere,
    replies: { ollama: { status: 403, body: /^$/, allowed: null } },
  },
  {
    what: 'a page that begins like an allowed one',
    path: '/api/version',
    headers: { origin: 'http://localhost:5173.evil.example' },
    replies: { ollama: { status: 200, allowed: 'http://localhost:5173.evil.example' } },
  },
];
