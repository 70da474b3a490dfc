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

/** Questions go there: a page must not be told another place than it will ask. */
const source: v.GenericSchema<unknown, SearchAddress> = v.pipe(
  v.object({
    kind: v.literal('search-address'),
    label: text,
    url: text,
    via: v.picklist(['direct', 'relay']),
    method: v.picklist(['GET', 'POST']),
    questionField: text,
    countField: optionalText,
    resultsPath: text,
    textPath: text,
    sourcePath: optionalText,
    urlPath: optionalText,
    scorePath: optionalText,
  }),
  v.check(({ url, via, label }) => {
    if (via === 'relay') return /^\/api\/searches\/[\w-]+$/.test(url);
    return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).host === label;
  }),
);

export const collectionSchema: v.GenericSchema<unknown, Collection> = v.object({
  id: text,
  name: text,
  createdAt: time,
  embedding: v.optional(embedding),
  source: v.optional(source),
  database: v.optional(v.object({ id: text, label: text, isReadOnly: v.optional(v.literal(true)) })),
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
  countedBy: optionalText,
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
