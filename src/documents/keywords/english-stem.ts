/**
 * English words without their endings (Porter: An algorithm for suffix stripping, 1980, with the two later changes of
 * its author). By hand, since most words of an index are met once, and patterns take ten times as long.
 */

type Endings = readonly (readonly [ending: string, instead: string])[];

// Of endings that share their end, the longer one first.
const second: Endings = [
  ['ational', 'ate'],
  ['tional', 'tion'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['bli', 'ble'],
  ['alli', 'al'],
  ['entli', 'ent'],
  ['eli', 'e'],
  ['ousli', 'ous'],
  ['ization', 'ize'],
  ['ation', 'ate'],
  ['ator', 'ate'],
  ['alism', 'al'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['biliti', 'ble'],
  ['logi', 'log'],
];
const third: Endings = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ful', ''],
  ['ness', ''],
];
/** Of “sion” and “tion” the first letter stays, and belongs to what is measured. */
const fourth: Endings = 'al ance ence er ic able ible ant ement ment ent sion tion ou ism ate iti ous ive ize'
  .split(' ')
  .map((ending) => [ending, ending.endsWith('ion') ? ending.charAt(0) : '']);

/** @param word in lower case */
export function englishStem(word: string): string {
  if (word.length < 3) return word;
  let stem = withoutTense(withoutPlural(word));
  if (stem.endsWith('y') && hasVowel(stem, stem.length - 1)) stem = `${stem.slice(0, -1)}i`;
  stem = replaced(stem, second, 0);
  stem = replaced(stem, third, 0);
  stem = replaced(stem, fourth, 1);
  return withoutSilent(stem);
}

function withoutPlural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function withoutTense(word: string): string {
  if (word.endsWith('eed')) return measure(word, word.length - 3) > 0 ? word.slice(0, -1) : word;
  const ending = ['ed', 'ing'].find((one) => word.endsWith(one));
  if (ending === undefined || !hasVowel(word, word.length - ending.length)) return word;
  const stem = word.slice(0, -ending.length);
  if (stem.endsWith('at') || stem.endsWith('bl') || stem.endsWith('iz')) return `${stem}e`;
  if (endsDouble(stem)) return 'lsz'.includes(stem.slice(-1)) ? stem : stem.slice(0, -1);
  return measure(stem, stem.length) === 1 && endsShort(stem, stem.length) ? `${stem}e` : stem;
}

/** A silent e, and the second l of two. */
function withoutSilent(word: string): string {
  let stem = word;
  if (word.endsWith('e')) {
    const rest = word.length - 1;
    const times = measure(word, rest);
    if (times > 1 || (times === 1 && !endsShort(word, rest))) stem = word.slice(0, -1);
  }
  return stem.endsWith('ll') && measure(stem, stem.length - 1) > 1 ? stem.slice(0, -1) : stem;
}

/** Puts another ending in the place of the first that it has, if what is left measures more than `least`. */
function replaced(word: string, endings: Endings, least: number): string {
  const found = endings.find(([ending]) => word.endsWith(ending));
  if (!found) return word;
  const [ending, instead] = found;
  const kept = word.length - ending.length;
  return measure(word, kept + (least === 1 ? instead.length : 0)) > least
    ? word.slice(0, kept) + instead
    : word;
}

/** How many times vowels are followed by consonants before `end`. */
function measure(word: string, end: number): number {
  let times = 0;
  let wasVowel = false;
  for (let at = 0; at < end; at++) {
    const isVowel = isVowelAt(word, at, wasVowel);
    if (wasVowel && !isVowel) times++;
    wasVowel = isVowel;
  }
  return times;
}

function hasVowel(word: string, end: number): boolean {
  for (let at = 0; at < end; at++) {
    // Before the first vowel there is none, so y is one unless it is first.
    if (isVowelAt(word, at, false)) return true;
  }
  return false;
}

/** y is a vowel after a consonant. */
function isVowelAt(word: string, at: number, isAfterVowel: boolean): boolean {
  const letter = word.charAt(at);
  return letter === 'y' ? at > 0 && !isAfterVowel : 'aeiou'.includes(letter);
}

function endsDouble(word: string): boolean {
  const last = word.length - 1;
  return word.charAt(last) === word.charAt(last - 1) && isConsonantAt(word, last);
}

/** Consonant, vowel, and a consonant that is not w, x or y, right before `end`. */
function endsShort(word: string, end: number): boolean {
  if (end < 3 || 'wxy'.includes(word.charAt(end - 1))) return false;
  return isConsonantAt(word, end - 1) && !isConsonantAt(word, end - 2) && isConsonantAt(word, end - 3);
}

function isConsonantAt(word: string, at: number): boolean {
  const letter = word.charAt(at);
  return letter === 'y' ? at === 0 || !isConsonantAt(word, at - 1) : !'aeiou'.includes(letter);
}
