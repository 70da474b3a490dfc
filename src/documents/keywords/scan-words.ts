/** Where words are in a text. It may take too much for a word, never too little: `partsOf` looks closer, once for each. */

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

/** Calls `visit` with each of them, in order. Numbers keep the dots and commas between their digits. */
export function scanWords(text: string, visit: (word: string) => void): void {
  scanSpans(text, (start, end) => visit(text.slice(start, end)));
}

/** The same without making strings. @param visit takes a hash of the word too, a whole number of 32 bits */
export function scanSpans(text: string, visit: (start: number, end: number, hash: number) => void): void {
  const { length } = text;
  for (let at = 0; at < length;) {
    while (at < length && !isWordUnit(text.charCodeAt(at))) at++;
    const start = at;
    let hash = hashStart;
    for (; at < length; at++) {
      const unit = text.charCodeAt(at);
      if (!isWordUnit(unit) && !isWithinNumber(text, unit, at)) break;
      hash = Math.imul(hash ^ unit, hashFactor);
    }
    if (at > start) visit(start, at, hash);
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
