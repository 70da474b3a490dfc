/** In which language a text is: by its script, and where many share that, by its commonest words. */
import { fold } from './fold';
import { languages } from './languages';
import { NumberList } from './number-list';
import { scanSpans, spanNumbers } from './scan-words';
import { WordTable } from './word-table';

/** Enough to tell, and soon read. */
const mostUnits = 300;
/** So many of the words are stop words of their language, or it is another one. */
const leastShare = 0.15;
/** Fewer may be names. */
const leastHits = 2;

const ascii = /^[\0-\x7f]*$/;

/** Scripts that tell a language. Japanese before Chinese, whose characters it uses too. */
const scripts: readonly (readonly [script: RegExp, language: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
];
/** A script tells once so many of the letters are in it. */
const leastOfScript = 0.2;

/** By stop word, also with a capital, the places of its languages. What many share tells little. */
const spans = new NumberList();
const tellers = new WordTable<readonly number[]>();
{
  const places = new Map<string, number[]>();
  languages.forEach(({ stopWords }, place) => {
    for (const word of stopWords) places.set(word, [...(places.get(word) ?? []), place]);
  });
  for (const [word, told] of places) {
    for (const form of new Set([word, word.charAt(0).toUpperCase() + word.slice(1)])) {
      scanSpans(form, spans);
      tellers.add(form, spans.at(spanNumbers - 1), told);
    }
  }
}

/** @returns two letters of BCP 47; undefined where it cannot be told */
export function guessLanguage(text: string): string | undefined {
  const sample = text.slice(0, mostUnits);
  return ascii.test(sample) ? byWords(sample) : (byScript(sample) ?? byWords(fold(sample)));
}

function byScript(text: string): string | undefined {
  const letters = countOf(text, /\p{L}/gu);
  return scripts.find(([script]) => countOf(text, script) > letters * leastOfScript)?.[1];
}

function byWords(text: string): string | undefined {
  let words = 0;
  const told = new Float64Array(languages.length);
  const hits = new Uint16Array(languages.length);
  scanSpans(text, spans);
  for (let at = 0; at < spans.length; at += spanNumbers) {
    const start = spans.at(at);
    const end = spans.at(at + 1);
    const hash = spans.at(at + 2);
    // Single letters are names of things in code and formulas.
    if (end - start < 2) continue;
    words++;
    const places = tellers.find(text, start, end, hash);
    if (!places) continue;
    const weight = 1 / places.length;
    for (const place of places) {
      told[place] = (told[place] ?? 0) + weight;
      hits[place] = (hits[place] ?? 0) + 1;
    }
  }
  const best = told.indexOf(Math.max(...told));
  return (hits[best] ?? 0) >= Math.max(leastHits, words * leastShare) ? languages[best]?.code : undefined;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
