/** A copy of an object that lacks some of its fields. */
export function without<Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  ...names: readonly Name[]
): Omit<Whole, Name> {
  const dropped: ReadonlySet<PropertyKey> = new Set(names);
  const entries = Object.entries(whole).filter(([name]) => !dropped.has(name));
  return Object.fromEntries(entries) as Omit<Whole, Name>;
}
