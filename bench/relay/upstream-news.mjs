/** Asks the server behind the subjects about its streams. */

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {import('./upstream.mjs').UpstreamNews} UpstreamNews */

/**
 * @param {ChildProcess} upstream
 * @param {string} user the stream's name
 * @param {number} limitMs
 * @returns {{ at: Promise<number | undefined> }} when the server saw its connection break off, by the shared
 *   clock; `undefined` when it did not within the limit after the call
 */
export function watchForCut(upstream, user, limitMs) {
  const at = new Promise((/** @type {(atMs: number | undefined) => void} */ resolve) => {
    const done = (/** @type {number | undefined} */ atMs) => {
      clearTimeout(timer);
      upstream.off('message', onNews);
      resolve(atMs);
    };
    const onNews = (/** @type {UpstreamNews} */ news) => {
      if (news.kind === 'cut' && news.user === user) done(news.atMs);
    };
    const timer = setTimeout(done, limitMs, undefined);
    upstream.on('message', onNews);
  });
  return { at };
}

/** Streams that the server is still sending. @param {ChildProcess} upstream @returns {Promise<number>} */
export function liveStreams(upstream) {
  return new Promise((resolve) => {
    const onNews = (/** @type {UpstreamNews} */ news) => {
      if (news.kind !== 'live') return;
      upstream.off('message', onNews);
      resolve(news.count);
    };
    upstream.on('message', onNews);
    upstream.send('how many?');
  });
}
