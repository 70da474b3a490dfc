/** Whether this browser brings a language model along that can run here: Chrome's Prompt API. */

/** False where there is none, where the device does not suffice, and where the browser does not say. */
export async function hasBuiltInModel(): Promise<boolean> {
  if (typeof LanguageModel === 'undefined') return false;
  // The same as its adapter asks for: the browser answers for exactly these.
  const asked = {
    expectedInputs: [{ type: 'text' }],
    expectedOutputs: [{ type: 'text' }],
  } satisfies LanguageModelCreateOptions;
  const availability = await LanguageModel.availability(asked).catch(() => 'unavailable');
  return availability !== 'unavailable';
}
