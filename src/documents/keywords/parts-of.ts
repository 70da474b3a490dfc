/** What a word of the text is looked up by: itself, and its parts where it is made of several. */

const ignorable = /[\u00ad\u200b-\u200d\u2060]/g;
const simple = /^[a-z]+$/;
const decimals = /^\d+(?:[.,]\d+)+$/;
/** 1,000 or 1.000.000: the same as without. */
const thousands = /^\d{1,3}(?:[.,]\d{3})+$/;
const pieces = /[\p{L}\p{N}\p{M}]+/gu;
/** Before a hump: `camelCase`, `HTMLParser`. */
const hump = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
/** Written without spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const anyUnspaced = new RegExp(unspaced.source, 'u');

/**
 * @param word as `scanWords` finds it
 * @returns in lower case; `snake_case` and `camelCase` as their parts and as one, numbers without marks of thousands, writing
 *   without spaces as its characters and each two neighbours
 */
export function partsOf(word: string): string[] {
  if (simple.test(word)) return [word];
  if (decimals.test(word)) return numberParts(word);
  const text = word.normalize('NFKC').replace(ignorable, '');
  const found = text.match(pieces) ?? [];
  const parts = found.flatMap((piece) => (anyUnspaced.test(piece) ? unspacedParts(piece) : humps(piece)));
  const isIdentifier = parts.length > 1 && !anyUnspaced.test(text);
  return isIdentifier ? [...parts, found.join('').toLowerCase()] : parts;
}

/** Of more than two, such as dates and versions, each counts alone too. */
function numberParts(word: string): string[] {
  if (thousands.test(word)) return [word.replace(/[.,]/g, '')];
  const parts = word.split(/[.,]/);
  const whole = parts.join('.');
  return parts.length > 2 ? [...parts, whole] : [whole];
}

function humps(piece: string): string[] {
  return piece.split(hump).map((part) => part.toLowerCase());
}

function unspacedParts(piece: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const { index, 0: run } of piece.matchAll(unspaced)) {
    if (index > from) parts.push(...humps(piece.slice(from, index)));
    const characters = Array.from(run);
    characters.forEach((character, place) => {
      parts.push(character);
      const next = characters[place + 1];
      if (next !== undefined) parts.push(character + next);
    });
    from = index + run.length;
  }
  if (from < piece.length) parts.push(...humps(piece.slice(from)));
  return parts;
}
