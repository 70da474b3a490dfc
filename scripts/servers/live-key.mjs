/** What the servers of tests are started with: nothing secret, and reachable from this machine only. */

/** The key of those that can want one. */
export const liveKey = 'key-of-the-live-tests';

/** The one page that vLLM is told to answer; all others are refused. */
export const allowedOrigin = 'http://localhost:4173';
