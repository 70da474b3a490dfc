/** A guess at a token count where nobody reports one. Whoever shows it must mark it as an estimate. */

/** English prose averages about four characters per token in current vocabularies. */
const charactersPerToken = 4;

export function estimateTokens(text: string): number {
  return tokensOf(text.length);
}

export function tokensOf(characters: number): number {
  return characters === 0 ? 0 : Math.max(1, Math.round(characters / charactersPerToken));
}
