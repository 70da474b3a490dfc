/** One record of a stream, read as JSON of an expected shape; a failure that hides in it is thrown. */
import * as v from 'valibot';
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import { failureInStream } from './failed-response';
import { wordsOfJson } from './server-words';

/** @throws BackendError the server's own error, or `malformed-stream` when this is no record at all. */
export function parseRecord<Schema extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(
  record: string,
  schema: Schema,
  connection: ServerConnection,
): v.InferOutput<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(record);
  } catch (thrown) {
    throw malformed(record, connection, thrown);
  }
  const words = wordsOfJson(json);
  if (words) throw failureInStream(words, connection);
  const parsed = v.safeParse(schema, json);
  if (!parsed.success) throw malformed(record, connection, v.flatten(parsed.issues));
  return parsed.output;
}

function malformed(record: string, { label }: ServerConnection, cause: unknown): BackendError {
  return new BackendError(
    'malformed-stream',
    `${label} sent something in the middle of the answer that cannot be read.`,
    { said: record.slice(0, 500), hint: 'Retry asks for the whole answer again.' },
    cause,
  );
}
