/** What page and pattern worker say to each other. */
export interface PatternRequest {
  readonly text: string;
  readonly pattern: string;
  readonly flags: string;
}

export type PatternReply = { readonly isMatch: boolean } | { readonly problem: string };
