/** Cuts a stretch of text into finer ones, none of them with blank ends, together all that is not blank. */

/** Offsets in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** From coarse to fine. A block is prose, a row belongs to a table, a scrap is a few characters of a word. */
export type Grain =
  'block' | 'code' | 'row' | 'line' | 'sentence' | 'word' | 'segment' | 'scrap' | 'character';

/** What each is cut into next. */
export const finerGrain: Readonly<Record<Grain, Grain | undefined>> = {
  block: 'sentence',
  code: 'line',
  row: 'word',
  line: 'word',
  sentence: 'word',
  word: 'segment',
  segment: 'scrap',
  scrap: 'character',
  character: undefined,
};

const scrapUnits = 32;

/** The time that V8 takes for a segment grows with the length of the text, so it never sees more than this. */
const windowUnits = 2048;

/** Each unit is a character, so nobody has to ask where one ends. */
const plain = /^[!-~]*$/;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const segments = new Intl.Segmenter('en', { granularity: 'word' });
const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function cut(text: string, stretch: Stretch, grain: Grain): Stretch[] {
  if (grain === 'line') return cutAt(text, stretch, /[^\n\r]+/g);
  if (grain === 'word') return cutAt(text, stretch, /\S+/g);
  if (grain === 'sentence') return cutBy(text, stretch, sentences);
  if (grain === 'segment') return cutBy(text, stretch, segments);
  if (grain === 'scrap' && plain.test(text.slice(stretch.start, stretch.end))) return evenly(stretch);
  const all = cutBy(text, stretch, characters);
  return grain === 'scrap' ? joined(all) : all;
}

function cutAt(text: string, { start, end }: Stretch, pattern: RegExp): Stretch[] {
  return Array.from(text.slice(start, end).matchAll(pattern), ({ index, 0: found }) =>
    trimmed(text, start + index, start + index + found.length),
  ).filter(isFilled);
}

function cutBy(text: string, { start, end }: Stretch, segmenter: Intl.Segmenter): Stretch[] {
  const found: Stretch[] = [];
  for (let from = start; from < end;) {
    const until = from + windowUnits < end ? wordEndBefore(text, from, from + windowUnits) : end;
    const starts = Array.from(segmenter.segment(text.slice(from, until)), ({ index }) => from + index);
    // The last one may go on beyond the window, so the next window begins with it, unless it is all there is.
    const last = starts.at(-1) ?? from;
    const next = until < end && last > from ? last : until;
    starts.forEach((at, place) => {
      if (at < next) found.push(trimmed(text, at, Math.min(starts[place + 1] ?? until, next)));
    });
    from = next;
  }
  return found.filter(isFilled);
}

function evenly({ start, end }: Stretch): Stretch[] {
  return Array.from({ length: Math.ceil((end - start) / scrapUnits) }, (_, place) => {
    const from = start + place * scrapUnits;
    return { start: from, end: Math.min(from + scrapUnits, end) };
  });
}

function joined(all: readonly Stretch[]): Stretch[] {
  const scraps: Stretch[] = [];
  for (const { start, end } of all) {
    const last = scraps.at(-1);
    if (last && end - last.start <= scrapUnits) scraps[scraps.length - 1] = { start: last.start, end };
    else scraps.push({ start, end });
  }
  return scraps;
}

/** A window ends between words, or at least not within a character. */
function wordEndBefore(text: string, from: number, until: number): number {
  const nearest = Math.max(from + 1, until - 256);
  for (let at = until; at > nearest; at--) {
    if (isBlank(text.charCodeAt(at - 1))) return at;
  }
  const unit = text.charCodeAt(until);
  return unit >= 0xdc00 && unit <= 0xdfff ? until - 1 : until;
}

/** The same without blanks at its ends. */
export function trimmed(text: string, start: number, end: number): Stretch {
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

function isFilled({ start, end }: Stretch): boolean {
  return end > start;
}

function isBlank(unit: number): boolean {
  return unit <= 0x20
    ? unit === 0x20 || (unit >= 9 && unit <= 13)
    : unit >= 0xa0 && blank.test(String.fromCharCode(unit));
}

const blank = /\s/;
