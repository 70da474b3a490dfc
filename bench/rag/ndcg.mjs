/** How good a ranking is. */

/**
 * Normalized discounted cumulative gain, each answer either right or not (Järvelin, Kekäläinen, 2002).
 * @template Id
 * @param {readonly Id[]} found best first, none twice
 * @param {readonly Id[]} relevant
 * @param {number} [depth] so many of `found` count
 * @returns {number} 0 to 1; 0 where nothing is relevant
 */
export function ndcg(found, relevant, depth = 10) {
  const right = new Set(relevant);
  const gain = found.slice(0, depth).reduce((sum, id, rank) => sum + (right.has(id) ? worth(rank) : 0), 0);
  let best = 0;
  for (let rank = 0; rank < Math.min(depth, right.size); rank++) best += worth(rank);
  return best > 0 ? gain / best : 0;
}

/** @param {number} rank from 0 */
function worth(rank) {
  return 1 / Math.log2(rank + 2);
}

/**
 * @template Id
 * @param {readonly Id[]} found
 * @param {readonly Id[]} relevant at least one
 * @param {number} depth
 * @returns {number} which share of `relevant` is among the first of `found`
 */
export function recall(found, relevant, depth) {
  const first = new Set(found.slice(0, depth));
  return relevant.filter((id) => first.has(id)).length / relevant.length;
}
