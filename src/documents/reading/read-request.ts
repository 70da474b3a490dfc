/** What every parser is handed, and what it gives back. */
import type { DocumentKind, DocumentText } from '../../core/document';

export interface ReadRequest {
  /** Said in failures; its ending tells the separator of tables. */
  readonly name: string;
  /** Given away: the parser may take them for itself. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kind: DocumentKind;
}

/** Pages or parts. @param total at least 1 */
export type OnReadProgress = (done: number, total: number) => void;

export type ReadKind = (
  request: ReadRequest,
  onProgress: OnReadProgress,
  signal: AbortSignal,
) => DocumentText | Promise<DocumentText>;
