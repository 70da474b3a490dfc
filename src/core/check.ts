/** What is to hold of an answer, as plain data: it is kept with a comparison, a batch or a run file. */
import type { JsonObject } from './json';

export const checkKinds = ['contains', 'pattern', 'json', 'number', 'code'] as const;
export type CheckKind = (typeof checkKinds)[number];

export type Check =
  | {
      readonly kind: 'contains';
      readonly text: string;
      /** It passes where the text is missing. */
      readonly isNegated?: boolean;
      readonly ignoresCase?: boolean;
    }
  | {
      readonly kind: 'pattern';
      /** A regular expression of JavaScript, without slashes. */
      readonly pattern: string;
      /** For example `i`; the sticky and global flags change nothing. */
      readonly flags?: string;
      readonly isNegated?: boolean;
    }
  | {
      readonly kind: 'json';
      /** JSON Schema, draft 2020-12; absent where any JSON will do. */
      readonly schema?: JsonObject;
    }
  | {
      readonly kind: 'number';
      readonly least?: number;
      readonly most?: number;
      /** Of a JSON answer, as `total` or `items.0.price`; absent for the last number of the text. */
      readonly field?: string;
    }
  | {
      readonly kind: 'code';
      /** JavaScript: an expression that is a function `(answer, prompt, expected) => boolean | string | number`. */
      readonly code: string;
    };

export interface CheckResult {
  /** `error`: nothing is known of the answer, because the check itself failed. */
  readonly outcome: 'passed' | 'failed' | 'error';
  /** Why, for people; empty where a pass needs no words. */
  readonly note: string;
  /** Where the check's own code gave a number. */
  readonly score?: number;
}
