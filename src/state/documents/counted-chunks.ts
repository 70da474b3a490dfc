/** How documents of a collection are cut: by the tokenizer of its embedding model, and anew once that is another one. */
import type { EmbeddingChoice, ReadDocument, StoredDocument } from '../../core/document';
import { usualChunks } from '../../documents/chunking/chunk-options';
import type { ChunkRequest } from '../../documents/reading/reading-protocol';
import { without } from '../../platform/without';
import type { DocumentsHost } from './documents-host';

/** @param choice absent for keywords alone @throws the signal's reason */
export async function chunkRequest(
  choice: EmbeddingChoice | undefined,
  { tokenizerOf }: Pick<DocumentsHost, 'tokenizerOf'>,
  signal: AbortSignal,
): Promise<ChunkRequest> {
  const tokenizer = choice && (await tokenizerOf(choice, signal));
  return { ...usualChunks, ...(tokenizer && { tokenizer }) };
}

/** The row of a document with these chunks. */
export function withChunks(
  document: StoredDocument,
  { chunks }: ReadDocument,
  { tokenizer }: ChunkRequest,
): StoredDocument {
  return {
    ...without(document, 'countedBy'),
    chunkCount: chunks.length,
    ...(tokenizer && { countedBy: tokenizer.id }),
  };
}

/**
 * @returns what it is to become, with nothing of it kept yet; undefined where its chunks were counted as this model does
 * @throws BackendError, the signal's reason
 */
export async function recounted(
  document: StoredDocument,
  kept: ReadDocument,
  choice: EmbeddingChoice,
  host: Pick<DocumentsHost, 'tokenizerOf' | 'reader'>,
  signal: AbortSignal,
): Promise<{ readonly document: StoredDocument; readonly read: ReadDocument } | undefined> {
  const request = await chunkRequest(choice, host, signal);
  if (request.tokenizer?.id === document.countedBy) return undefined;
  const read = await host.reader.splitAgain(document.name, kept, request, signal);
  return { document: withChunks(document, read, request), read };
}
