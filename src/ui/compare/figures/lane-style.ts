/** How a lane is drawn: colour and dashes together are unlike those of the eleven others. */
const dashes = ['none', '7 4', '2 3', '9 3 2 3'] as const;

/** @param number of the lane, from 1 */
export function laneStyle(number: number): { readonly colour: string; readonly dash: string } {
  const index = number - 1;
  return { colour: `var(--lane-${(index % 6) + 1})`, dash: dashes[index % dashes.length] ?? 'none' };
}
