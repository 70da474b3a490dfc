/** Puts things into an order that says nothing about them. */

/** @param below a random whole number from 0 up to, and without, its argument */
export function shuffled<Item>(items: readonly Item[], below: (limit: number) => number): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(below(left.length), 1));
}
