/** A document as the text of a file: its row, what was read of it, and what made its vectors. */
import * as v from 'valibot';
import { notImported } from '../../core/not-imported';
import type { Collection, ReadDocument, StoredDocument } from '../../core/document';
import { checkedBy } from '../../platform/checked-by';
import { collectionSchema, readDocumentSchema, storedDocumentSchema } from './document-schema';

export interface DocumentFile {
  readonly document: StoredDocument;
  /** Absent where it was not read (yet). */
  readonly read?: ReadDocument;
  /** Absent without vectors. */
  readonly vectorModel?: string;
}

const documentFile = v.object({
  document: storedDocumentSchema,
  read: v.optional(readDocumentSchema),
  vectorModel: v.optional(v.string()),
});

/** @throws BackendError `bad-request` with what is wrong */
export function readDocumentFile(content: string): DocumentFile {
  return checked(documentFile, content);
}

/** @throws BackendError `bad-request` with what is wrong */
export function readCollectionFile(content: string): Collection {
  return checked(collectionSchema, content);
}

function checked<Value>(schema: v.GenericSchema<unknown, Value>, content: string): Value {
  return checkedBy(schema, parsed(content), notImported);
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw notImported('a part of it is not JSON.');
  }
}
