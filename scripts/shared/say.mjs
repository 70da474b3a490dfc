/** Progress for people goes to stderr, so that stdout carries results only. */

/** @param {string} sentence */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}
