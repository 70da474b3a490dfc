/** SentencePiece keeps a score per token, byte-pair encoding an order of merges: the same knowledge, turned round. */

/**
 * Every way to put a token together from two others, those of the best scores first.
 * @param {Pick<import('./vocabulary.mjs').Vocabulary, 'tokens' | 'isNormal'>} vocabulary
 * @param {readonly number[]} scores by id; a token that is merged earlier has a higher one
 * @returns {[left: string, right: string][]}
 */
export function mergesFromScores({ tokens, isNormal }, scores) {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const merges = tokens.flatMap((token, id) => {
    if (!isNormal(id)) return [];
    const characters = [...token];
    return characters.slice(1).flatMap((_, index) => {
      const left = characters.slice(0, index + 1).join('');
      const right = characters.slice(index + 1).join('');
      const [leftId, rightId] = [ids.get(left), ids.get(right)];
      return leftId === undefined || rightId === undefined
        ? []
        : [{ left, right, score: scores[id] ?? 0, order: [leftId, rightId] }];
    });
  });
  merges.sort(
    (a, b) =>
      b.score - a.score || (a.order[0] ?? 0) - (b.order[0] ?? 0) || (a.order[1] ?? 0) - (b.order[1] ?? 0),
  );
  return merges.map(({ left, right }) => [left, right]);
}
