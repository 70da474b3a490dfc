/** In which language a text is: by its script, and where many share that, by its commonest words. */
import { fold } from './fold';
import { languages } from './languages';

/** Enough to tell, and soon read. */
const mostUnits = 8000;
/** So many of the words are stop words of their language, or it is another one. */
const leastShare = 0.15;
/** How much more the best has to be than the second. */
const leastLead = 1.2;

const words = /\p{L}+/gu;

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

/** How many languages have it as a stop word. */
const spread = new Map<string, number>();
for (const { stopWords } of languages) {
  for (const word of stopWords) spread.set(word, (spread.get(word) ?? 0) + 1);
}

/** @returns two letters of BCP 47; undefined where it cannot be told */
export function guessLanguage(text: string): string | undefined {
  const sample = text.slice(0, mostUnits);
  return byScript(sample) ?? byWords(sample);
}

function byScript(text: string): string | undefined {
  const letters = countOf(text, /\p{L}/gu);
  return scripts.find(([script]) => countOf(text, script) > letters * leastOfScript)?.[1];
}

function byWords(text: string): string | undefined {
  const found = Array.from(text.matchAll(words), ([word]) => fold(word));
  const scores = languages.map(({ code, stopWords }) => {
    const told = found.filter((word) => stopWords.has(word));
    return {
      code,
      told: told.reduce((sum, word) => sum + 1 / (spread.get(word) ?? 1), 0),
      hits: told.length,
    };
  });
  const [best, second] = scores.sort((one, other) => other.told - one.told);
  if (!best || best.hits < found.length * leastShare) return undefined;
  return best.told > (second?.told ?? 0) * leastLead ? best.code : undefined;
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
