/** Page numbers for people: `Page 3`, `Pages 3–5 and 9`. */

/** @param numbers ascending, at least one */
export function pagesTold(numbers: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.to === number - 1) last.to = number;
    else runs.push({ from: number, to: number });
  }
  const told = runs.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`));
  const noun = numbers.length === 1 ? 'Page' : 'Pages';
  return `${noun} ${new Intl.ListFormat('en').format(told)}`;
}
