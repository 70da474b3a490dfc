/** Headers that make a browser keep our replies apart from other sites. */
import {
  contentSecurityPolicy,
  sandboxSecurityPolicy,
  scriptSecurityPolicy,
} from './content-security-policy';

export type HeaderPair = readonly [name: string, value: string];

/** On every reply. */
const always: readonly HeaderPair[] = [
  ['x-content-type-options', 'nosniff'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['referrer-policy', 'same-origin'],
];

/** Threads in WebAssembly need the first two, on the page and on the scripts of its workers. */
export const pageHeaders: readonly HeaderPair[] = [
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-embedder-policy', 'require-corp'],
  ['content-security-policy', contentSecurityPolicy],
  [
    'permissions-policy',
    'camera=(), geolocation=(), microphone=(), payment=(), usb=(), local-network-access=(self), local-network=(self), loopback-network=(self)',
  ],
  ...always,
];

/** A script may be the entry of a worker, whose policy it then brings along. */
export const scriptHeaders: readonly HeaderPair[] = pageHeaders.map(([name, value]) =>
  name === 'content-security-policy' ? [name, scriptSecurityPolicy] : [name, value],
);

/**
 * The one worker that asks whether anything answers at an address: under `require-corp` the browser would turn
 * every answer into a failure, as it does with no answer at all. Both policies keep the page isolated.
 */
export const reachWorkerHeaders: readonly HeaderPair[] = scriptHeaders.map(([name, value]) =>
  name === 'cross-origin-embedder-policy' ? [name, 'credentialless'] : [name, value],
);

/** The document in which a person's own checks run; a frame of an isolated page must ask for the same isolation. */
export const sandboxHeaders: readonly HeaderPair[] = [
  ['cross-origin-embedder-policy', 'require-corp'],
  ['content-security-policy', sandboxSecurityPolicy],
  ...always,
];

/** JSON and the bytes of other servers: should a browser ever show them as a document, it runs nothing. */
export const dataHeaders: readonly HeaderPair[] = [
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox"],
  ...always,
];
