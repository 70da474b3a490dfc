/** What a line of questions came to, before it is put into words and fixes. */
import type { Cause, Certainty } from '../../core/diagnosis';
import type { ServerKind } from '../../core/connection';

export interface Suspect {
  readonly cause: Cause;
  /** What was seen, as one or two sentences. */
  readonly why: string;
  /** The kind that really answers. */
  readonly foundKind?: ServerKind;
  /** The address that would work. */
  readonly betterUrl?: string;
}

export interface Verdict {
  readonly certainty: Certainty;
  readonly suspects: readonly [Suspect, ...Suspect[]];
}

export function known(suspect: Suspect): Verdict {
  return { certainty: 'known', suspects: [suspect] };
}

export function mostLikely(suspect: Suspect): Verdict {
  return { certainty: 'most-likely', suspects: [suspect] };
}

export function oneOf(first: Suspect, second: Suspect, ...others: readonly Suspect[]): Verdict {
  return { certainty: 'one-of', suspects: [first, second, ...others] };
}
