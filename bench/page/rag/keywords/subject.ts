/** What is asked of a keyword index, and what it says. */

export interface Abstract {
  readonly id: number;
  readonly title: string;
  readonly text: string;
}

/** @returns ids of the best documents, best first */
export type Search = (query: string, limit: number) => number[];

/** Indexes all of them. */
export type Subject = (documents: readonly Abstract[]) => Search;

export interface Order {
  readonly subject: string;
  readonly documents: readonly Abstract[];
  readonly queries: readonly string[];
  /** How many documents are asked for. */
  readonly depth: number;
}

export interface Outcome {
  /** Milliseconds. */
  readonly indexMs: number;
  /** By question, milliseconds. */
  readonly queryMs: readonly number[];
  /** By question. */
  readonly found: readonly (readonly number[])[];
}
