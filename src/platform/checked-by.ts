/** A value from elsewhere, held against its schema. */
import * as v from 'valibot';

/**
 * @param refused makes the error of a sentence that names the first place that does not fit
 * @throws what `refused` makes
 */
export function checkedBy<Value>(
  schema: v.GenericSchema<unknown, Value>,
  value: unknown,
  refused: (why: string) => Error,
): Value {
  const read = v.safeParse(schema, value, { abortEarly: true });
  if (read.success) return read.output;
  throw refused(`${v.getDotPath(read.issues[0]) ?? 'its content'} is not what it should be.`);
}
