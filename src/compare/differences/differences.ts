/** What answers to the same question have in common, and where they part. */
import { type Agreement, agreementOf } from './agreement';
import { type DiffPart, diffTexts } from './diff-texts';
import { type JsonField, jsonFields } from './json-fields';
import { saidNumbers } from './said-numbers';
import { saidSentences } from './said-sentences';

export interface DifferencesRequest {
  readonly texts: readonly string[];
  /** Place of the text that the others are held against. */
  readonly reference: number;
}

export interface Differences {
  /** One for each text: from the reference to it. */
  readonly diffs: readonly (readonly DiffPart[])[];
  readonly sentences: readonly Agreement[];
  readonly numbers: readonly Agreement[];
  /** Absent where fewer than two are JSON. */
  readonly fields?: readonly JsonField[];
}

export function differencesOf({ texts, reference }: DifferencesRequest): Differences {
  const from = texts[reference] ?? '';
  const fields = jsonFields(texts);
  return {
    diffs: texts.map((text) => diffTexts(from, text)),
    sentences: agreementOf(texts.map(saidSentences)),
    numbers: agreementOf(texts.map(saidNumbers)),
    ...(fields && { fields }),
  };
}
