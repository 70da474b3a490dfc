/** Lists of numbers as a server sent them → one vector per text. */
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';

/**
 * @param rows one per text, in their order
 * @throws BackendError `malformed-stream` when there are more or fewer than texts, or an empty one: nobody could tell which is whose
 */
export function asVectors(
  rows: readonly (readonly number[])[],
  texts: readonly string[],
  { label }: ServerConnection,
): Float32Array[] {
  if (rows.length !== texts.length || rows.some(({ length }) => length === 0)) {
    const message = `${label} sent ${rows.length} vectors for ${texts.length} texts, or empty ones.`;
    throw new BackendError('malformed-stream', message, { hint: 'Its log tells more.' });
  }
  return rows.map((row) => Float32Array.from(row));
}
