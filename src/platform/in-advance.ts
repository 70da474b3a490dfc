/** Work on a list whose results are wanted one after the other: the next ones are begun while one is used. */

/** @param atOnce how many are under way, 1 and up. @returns results in order; one that is not awaited may fail in silence */
export function* inAdvance<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce: number,
): Generator<readonly [item: Item, result: Promise<Result>], void, undefined> {
  const begun: Promise<Result>[] = [];
  for (const [place, item] of items.entries()) {
    for (const next of items.slice(place + begun.length, place + atOnce)) {
      const result = work(next);
      result.catch(() => undefined);
      begun.push(result);
    }
    const result = begun.shift();
    if (result) yield [item, result];
  }
}
