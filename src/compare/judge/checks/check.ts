/** What is to hold of an answer, as plain data: it is kept with a comparison, a batch or a run file. */
import type { JsonObject } from '../../../core/json';

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

/** Beside the answer, for the check's own code. */
export interface CheckContext {
  readonly prompt: string;
  /** Empty where nothing particular is expected. */
  readonly expected: string;
}

export interface CheckResult {
  /** `error`: nothing is known of the answer, because the check itself failed. */
  readonly outcome: 'passed' | 'failed' | 'error';
  /** Why, for people; empty where a pass needs no words. */
  readonly note: string;
  /** Where the check's own code gave a number. */
  readonly score?: number;
}

/** What runs apart from the page: a pattern or a loop may never end, and foreign code must not reach anything. */
export interface CheckRunners {
  /** @throws Error, its message for people, where the pattern cannot be used or took too long */
  readonly matchesPattern: (text: string, pattern: string, flags: string) => Promise<boolean>;
  /**
   * Calls the function that `code` is.
   * @returns what it returned, as far as that can be cloned
   * @throws Error, its message for people, where it threw, took too long or cannot be run here
   */
  readonly runCode: (code: string, args: readonly string[]) => Promise<unknown>;
}
