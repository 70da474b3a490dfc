/** What went wrong, to stand inside a sentence. */

/** @param {unknown} error */
export function reasonOf(error) {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
