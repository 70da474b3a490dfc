/** A document with what this tab knows of the work on it. */
import type { StoredDocument } from '../../core/document';
import { without } from '../../platform/without';

export interface DocumentItem extends StoredDocument {
  /** 0 to 1, of the present step; absent while nobody works on it. */
  readonly progress?: number;
}

/** Without what only this tab knows. */
export function stored(item: DocumentItem): StoredDocument {
  return without(item, 'progress');
}
