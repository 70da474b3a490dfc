/** One chunk in the list of a term, in 32 bits: its place, and how often the term is in its text and its headings. */

/** More often counts as this often. */
const mostTextTimes = 63;
const mostHeadingTimes = 3;

/** @param place 0 to 2²⁴ - 1 */
export function packPosting(place: number, textTimes: number, headingTimes: number): number {
  const times = (Math.min(textTimes, mostTextTimes) << 2) | Math.min(headingTimes, mostHeadingTimes);
  return ((place << 8) | times) >>> 0;
}

export function placeOf(posting: number): number {
  return posting >>> 8;
}

export function textTimesOf(posting: number): number {
  return (posting >>> 2) & mostTextTimes;
}

export function headingTimesOf(posting: number): number {
  return posting & mostHeadingTimes;
}

/** The same of a chunk that has another place now. */
export function movedPosting(posting: number, place: number): number {
  return ((place << 8) | (posting & 0xff)) >>> 0;
}
