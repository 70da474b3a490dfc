/** A failure that a person can do something about: its sentence is enough, a stack would only hide it. */
export class Problem extends Error {
  /** @param {string} message what happened and what to do @param {unknown} [cause] */
  constructor(message, cause) {
    super(message, { cause });
    this.name = 'Problem';
  }
}
