/** The language model that a browser may bring along: Chrome's Prompt API. */

/** The same for every question and every session: the browser answers for exactly these. */
export const textOnly = {
  expectedInputs: [{ type: 'text' }],
  expectedOutputs: [{ type: 'text' }],
} satisfies LanguageModelCreateOptions;

/** `unavailable` too where there is none, as in most browsers and every worker, and where the browser does not say. */
export async function builtInAvailability(): Promise<Availability> {
  if (typeof LanguageModel === 'undefined') return 'unavailable';
  return LanguageModel.availability(textOnly).catch(() => 'unavailable' as const);
}
