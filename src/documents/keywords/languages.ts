/** What the search knows of each language: stems, and words that tell nothing. */
import { stemmer as danish } from '@orama/stemmers/danish';
import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as finnish } from '@orama/stemmers/finnish';
import { stemmer as french } from '@orama/stemmers/french';
import { stemmer as german } from '@orama/stemmers/german';
import { stemmer as italian } from '@orama/stemmers/italian';
import { stemmer as norwegian } from '@orama/stemmers/norwegian';
import { stemmer as portuguese } from '@orama/stemmers/portuguese';
import { stemmer as russian } from '@orama/stemmers/russian';
import { stemmer as spanish } from '@orama/stemmers/spanish';
import { stemmer as swedish } from '@orama/stemmers/swedish';
import { stopwords as danishStopWords } from '@orama/stopwords/danish';
import { stopwords as dutchStopWords } from '@orama/stopwords/dutch';
import { stopwords as englishStopWords } from '@orama/stopwords/english';
import { stopwords as finnishStopWords } from '@orama/stopwords/finnish';
import { stopwords as frenchStopWords } from '@orama/stopwords/french';
import { stopwords as germanStopWords } from '@orama/stopwords/german';
import { stopwords as italianStopWords } from '@orama/stopwords/italian';
import { stopwords as norwegianStopWords } from '@orama/stopwords/norwegian';
import { stopwords as portugueseStopWords } from '@orama/stopwords/portuguese';
import { stopwords as russianStopWords } from '@orama/stopwords/russian';
import { stopwords as spanishStopWords } from '@orama/stopwords/spanish';
import { stopwords as swedishStopWords } from '@orama/stopwords/swedish';
import { englishStem } from './english-stem';
import { fold } from './fold';

export interface Language {
  /** Two letters of BCP 47; empty for all those without stems here. */
  readonly code: string;
  /** Folded. */
  readonly stopWords: ReadonlySet<string>;
  /**
   * What a word is looked up by, folded. Two where its accents change the stem, so that it is found by people who leave
   * them out, and in texts that do.
   * @param word in lower case
   */
  stemsOf(word: string): readonly string[];
}

type Stem = (word: string) => string;

/** Lists hold “don't” as one word, which is read as two. `extra` are those that a list forgets. */
function language(code: string, stem: Stem, stopWords: readonly string[], extra = ''): Language {
  const all = [...stopWords, ...extra.split(' ')].flatMap((word) => word.toLowerCase().split(/['’\s]/));
  return {
    code,
    stopWords: new Set(all.filter((word) => word !== '').map(fold)),
    stemsOf(word) {
      const plain = fold(word);
      const stems = [stem(plain)];
      if (plain !== word) stems.push(fold(stem(word)));
      return stems[0] === stems[1] ? stems.slice(1) : stems;
    },
  };
}

/** Mueller is Müller. In “neue” and “Quelle” the letters are two sounds. */
const germanStem: Stem = (word) => german(word.replace(/(?<![aeouq])([aou])e/g, '$1'));

export const languages: readonly Language[] = [
  language('en', englishStem, englishStopWords, 'a also'),
  language('de', germanStem, germanStopWords),
  language('fr', french, frenchStopWords, 'après avant cette comment les plus quand'),
  language('es', spanish, spanishStopWords),
  language('it', italian, italianStopWords, 'a il lo'),
  language('pt', portuguese, portugueseStopWords),
  language('nl', dutch, dutchStopWords, 'hoe waar'),
  language('sv', swedish, swedishStopWords, 'hur'),
  language('da', danish, danishStopWords, 'blev hvordan inden kan mere meget skal'),
  language('no', norwegian, norwegianStopWords),
  language('fi', finnish, finnishStopWords),
  language('ru', russian, russianStopWords),
];

const byCode = new Map(languages.map((one) => [one.code, one]));
const unknown = language('', (word) => word, []);

/** Of notes and code, whose language nobody can tell, most is English. */
const usual = 'en';

/** @param tag BCP 47; words of a language without stems here are found as they are written */
export function languageOf(tag = usual): Language {
  return byCode.get(tag.toLowerCase().split('-', 1).join()) ?? unknown;
}
