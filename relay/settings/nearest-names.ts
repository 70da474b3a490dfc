/** The names that a person may have meant by one that does not exist. */

const mostOffered = 5;

/** @returns those that contain it, else those that need the fewest corrections; the nearest first */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
  const name = wanted.toLowerCase();
  const containing = names.filter((one) => isPart(name, one.toLowerCase()));
  if (containing.length > 0) return containing.slice(0, mostOffered);
  const longest = Math.ceil(name.length / 2);
  return names
    .map((one) => ({ one, corrections: countCorrections(name, one.toLowerCase()) }))
    .filter(({ corrections }) => corrections <= longest)
    .sort((a, b) => a.corrections - b.corrections)
    .slice(0, mostOffered)
    .map(({ one }) => one);
}

function isPart(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one);
}

/** Letters to add, remove or replace: the distance of Levenshtein, row by row. */
function countCorrections(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let line = 0; line < from.length; line++) {
    const next = [line + 1];
    for (let index = 0; index < to.length; index++) {
      const replaced = (row[index] ?? 0) + (from[line] === to[index] ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
