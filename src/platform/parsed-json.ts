/** What a text from elsewhere says as JSON; nothing of it is checked yet. */

/**
 * @param refused makes the error of a sentence
 * @throws what `refused` makes
 */
export function parsedJson(content: string, refused: (why: string) => Error): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw refused('it is not JSON.');
  }
}
