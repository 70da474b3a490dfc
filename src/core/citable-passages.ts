/** Passages that an answer may cite: those that it was given, and those that its tools found before it. */
import type { StoredMessage } from './conversation';
import type { Passage, RetrievalReport } from './retrieval';

/**
 * Passage i is cited as [i + 1].
 * @param before what stands before the answer in its branch
 * @param retrieval what was found for the answer itself
 */
export function citablePassages(
  before: readonly StoredMessage[],
  retrieval: Pick<RetrievalReport, 'passages'> | undefined,
): readonly Passage[] {
  const since = before.slice(before.findLastIndex(({ role }) => role === 'user') + 1);
  const found = since.flatMap((message) => (message.role === 'tool' ? (message.passages ?? []) : []));
  return [...(retrieval?.passages ?? []), ...found];
}
