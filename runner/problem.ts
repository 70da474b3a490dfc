/** Why a run cannot begin. The message is for people: a sentence, or one on each line. */
export class Problem extends Error {
  override readonly name = 'Problem';
}
