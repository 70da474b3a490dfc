/** Which texts go through a model together: those of about one length, since all are filled up to the longest. */

export interface GroupLimits {
  /** Texts in one group. */
  readonly most: number;
  /** UTF-16 units in one group, fillings included; a longer text has a group of its own. */
  readonly mostCharacters: number;
}

/** @returns the positions of the texts, group by group, the short ones first */
export function groupByLength(texts: readonly string[], { most, mostCharacters }: GroupLimits): number[][] {
  const lengthOf = (position: number) => texts[position]?.length ?? 0;
  const inOrder = [...texts.keys()].sort((a, b) => lengthOf(a) - lengthOf(b));
  const groups: number[][] = [];
  for (const position of inOrder) {
    const last = groups.at(-1);
    const isRoom = last && last.length < most && (last.length + 1) * lengthOf(position) <= mostCharacters;
    if (isRoom) last.push(position);
    else groups.push([position]);
  }
  return groups;
}
