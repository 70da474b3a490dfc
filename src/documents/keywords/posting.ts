/** One chunk in the list of a term, in 32 bits: its place, and how often the term is in its text and its headings. */

/** More often counts as this often. */
const mostTextTimes = 63;
const mostHeadingTimes = 3;

/** A chunk whose text, or one of whose headings, has the term once. @param place 0 to 2²⁴ - 1 */
export function newPosting(place: number, isHeading: boolean): number {
  return ((place << 8) | (isHeading ? 1 : 1 << 2)) >>> 0;
}

/** The same with the term once more. */
export function countedPosting(posting: number, isHeading: boolean): number {
  if (isHeading) return headingTimesOf(posting) < mostHeadingTimes ? posting + 1 : posting;
  return textTimesOf(posting) < mostTextTimes ? posting + (1 << 2) : posting;
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
