/** What checks need beside the answer, and whoever runs their own code. The checks themselves are in `core/check.ts`. */

/** Beside the answer, for the check's own code. */
export interface CheckContext {
  readonly prompt: string;
  /** Empty where nothing particular is expected. */
  readonly expected: string;
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
