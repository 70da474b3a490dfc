/** One order for what several collections found: their scores have scales of their own, so places are compared. */
import type { Passage } from '../../core/retrieval';

/** @param lists of each collection, best first. The best of each come first, the second ones after them. */
export function mergeResults(lists: readonly (readonly Passage[])[]): Passage[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list) => list[place] ?? []),
  ).flat();
  const seen = new Set<string>();
  return inTurn.filter(({ text }) => {
    // The same file in two collections.
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
