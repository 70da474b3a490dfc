/** Something that the relay does not do with a database. The message is a sentence for a person. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal';
}
