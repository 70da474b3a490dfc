/** Where words are in a text. It may take too much for a word, never too little: `partsOf` looks closer, once for each. */
import { NumberList } from './number-list';

const zero = 0x30;
const nine = 0x39;
const [dot, comma, underscore] = [0x2e, 0x2c, 0x5f];

/** 1 for units that are no part of a word, 2 for those that are, 0 where it was not asked yet. */
const known = new Uint8Array(0x10000);
/** Half a pair may be part of a letter. Soft hyphens and joiners are within words. */
const wordUnit = /[\p{L}\p{N}\p{M}\p{Cs}\u00ad\u200b-\u200d\u2060]/u;

/** FNV-1a, over units instead of bytes. */
const hashStart = 0x811c9dc5;
const hashFactor = 0x01000193;

/** Each of them, in order. Numbers keep the dots and commas between their digits. */
export function scanWords(text: string): string[] {
  const spans = new NumberList();
  scanSpans(text, spans);
  return Array.from({ length: spans.length / spanNumbers }, (_, place) =>
    text.slice(spans.at(place * spanNumbers), spans.at(place * spanNumbers + 1)),
  );
}

/** How many numbers `scanSpans` tells of each word. */
export const spanNumbers = 3;

/**
 * The same without making strings, and in one loop that calls nothing: most texts are read before an engine has made such
 * calls fast.
 * @param into takes for each word its start, its end and a hash of it
 */
export function scanSpans(text: string, into: NumberList): void {
  const { length } = text;
  into.clear();
  for (let at = 0; at < length;) {
    while (at < length && !isWordUnit(text.charCodeAt(at))) at++;
    const start = at;
    let hash = hashStart;
    for (; at < length; at++) {
      const unit = text.charCodeAt(at);
      if (!isWordUnit(unit) && !isWithinNumber(text, unit, at)) break;
      hash = Math.imul(hash ^ unit, hashFactor);
    }
    if (at === start) continue;
    into.push(start);
    into.push(at);
    into.push(hash);
  }
}

function isWordUnit(unit: number): boolean {
  const kind = known[unit];
  return kind === 0 ? isNewWordUnit(unit) : kind === 2;
}

function isNewWordUnit(unit: number): boolean {
  const isPart = unit === underscore || wordUnit.test(String.fromCharCode(unit));
  known[unit] = isPart ? 2 : 1;
  return isPart;
}

function isWithinNumber(text: string, unit: number, at: number): boolean {
  if (unit !== dot && unit !== comma) return false;
  return isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
}

function isDigit(unit: number): boolean {
  return unit >= zero && unit <= nine;
}
