/** The checks that collections and documents of a file must pass before they are kept: it may come from anywhere. */
import * as v from 'valibot';
import { backendErrorCodes, type PlainBackendError } from '../../core/backend-error';
import {
  type Collection,
  documentKinds,
  type EmbeddingChoice,
  type ReadDocument,
  type SearchAddress,
  type StoredDocument,
} from '../../core/document';

const text = v.string();
const optionalText = v.optional(text);
const time = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const texts = v.array(text);

const embedding: v.GenericSchema<unknown, EmbeddingChoice> = v.object({
  backendId: text,
  modelId: text,
  modelLabel: text,
  digest: optionalText,
  dimensions: v.optional(count),
});

/** Questions are sent there: its name must be that of the host, whatever the file says. */
const direct = v.pipe(
  v.object({
    kind: v.literal('search-address'),
    label: text,
    url: v.pipe(text, v.url(), v.regex(/^https?:/)),
    via: v.literal('direct'),
    method: v.picklist(['GET', 'POST']),
    questionField: text,
    countField: optionalText,
    resultsPath: text,
    textPath: text,
    sourcePath: optionalText,
    urlPath: optionalText,
    scorePath: optionalText,
  }),
  v.transform((source): SearchAddress => ({ ...source, label: new URL(source.url).host })),
);

export const collectionSchema: v.GenericSchema<unknown, Collection> = v.object({
  id: text,
  name: text,
  createdAt: time,
  embedding: v.optional(embedding),
  // A relay that is named in it is not this one: such a collection comes without its address.
  source: v.optional(v.fallback(v.optional(direct), undefined)),
});

const error: v.GenericSchema<unknown, PlainBackendError> = v.object({
  code: v.picklist(backendErrorCodes),
  message: text,
  detail: v.object({ said: optionalText, hint: optionalText }),
});

export const storedDocumentSchema: v.GenericSchema<unknown, StoredDocument> = v.object({
  id: text,
  collectionId: text,
  name: text,
  path: optionalText,
  url: optionalText,
  kind: v.picklist(documentKinds),
  bytes: count,
  sha256: v.pipe(text, v.regex(/^[0-9a-f]{64}$/)),
  addedAt: time,
  modifiedAt: v.optional(time),
  state: v.picklist(['waiting', 'reading', 'embedding', 'ready', 'failed']),
  error: v.optional(error),
  pageCount: v.optional(count),
  chunkCount: v.optional(count),
  language: optionalText,
  notices: v.optional(texts),
  isKeywordsOnly: v.optional(v.literal(true)),
});

const range = { start: count, end: count };

const block = v.object({
  ...range,
  kind: v.picklist(['heading', 'paragraph', 'list-item', 'code', 'table-row']),
  level: v.optional(v.pipe(count, v.minValue(1), v.maxValue(6))),
});

const chunk = v.object({ ...range, page: v.optional(count), headings: texts, tokens: count });

/** Offsets outside of the text would show and search what is not there. */
export const readDocumentSchema: v.GenericSchema<unknown, ReadDocument> = v.pipe(
  v.object({
    document: v.object({
      text,
      blocks: v.array(block),
      pages: v.optional(v.array(count)),
      notices: texts,
    }),
    chunks: v.array(chunk),
    language: optionalText,
  }),
  v.check(({ document: { text: whole, blocks, pages = [] }, chunks }) => {
    const isWithin = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
      start <= end && end <= whole.length;
    return [...blocks, ...chunks].every(isWithin) && pages.every((start) => start <= whole.length);
  }, 'An offset lies outside of the text.'),
);
