/** The check that what a page asks of a database must pass. */
import * as v from 'valibot';
import type { DatabaseRequests, DatabaseWork } from '../contract';

/** PostgreSQL keeps no text with the character 0. */
const text = v.pipe(
  v.string(),
  v.transform((given) => given.replaceAll('\0', '')),
);
const id = v.pipe(text, v.minLength(1), v.maxLength(200));
const number = v.pipe(v.number(), v.finite());
const place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2_000_000_000));
const vector = v.pipe(v.array(number), v.maxLength(2000));
const model = v.pipe(text, v.maxLength(1000));

const passage = v.object({
  start: place,
  end: place,
  page: v.optional(place),
  headings: v.array(text),
  text,
  vector: v.optional(vector),
});

export const requestSchemas = {
  kept: v.object({ owner: id }),
  search: v.object({
    text: v.pipe(text, v.maxLength(100_000)),
    vector: v.optional(vector),
    model: v.optional(model),
    documentIds: v.optional(v.array(id)),
    from: v.optional(number),
    until: v.optional(number),
    depth: v.pipe(place, v.minValue(1), v.maxValue(1000)),
  }),
  read: v.object({
    ranges: v.pipe(v.array(v.object({ documentId: id, first: place, last: place })), v.maxLength(200)),
  }),
  put: v.object({
    owner: id,
    documentId: id,
    name: v.pipe(text, v.maxLength(1000)),
    changedAt: number,
    content: v.pipe(text, v.maxLength(2000)),
    model: v.optional(model),
    passages: v.array(passage),
  }),
  vectors: v.object({ owner: id, documentId: id, model, vectors: v.array(vector) }),
  remove: v.object({ owner: id, documentId: id }),
  drop: v.object({ owner: id }),
} satisfies { [Work in DatabaseWork]: v.GenericSchema<unknown, Given<DatabaseRequests[Work]>> };

/** As valibot has it: what is optional may be given as undefined. */
type Given<Request> = { [Name in keyof Request]: Request[Name] };
