/** All documents as this tab knows them, in the order in which they were added. Who shows them is told by `onChange`. */
import type { DocumentState, StoredDocument } from '../../core/document';
import type { DocumentsReading } from '../../storage/document-store';
import type { DocumentItem } from './document-item';

export class DocumentRows {
  /** Files that this browser could not keep, by document: they are here as long as this tab. */
  readonly held = new Map<string, File>();
  readonly #byCollection = new Map<string, Map<string, DocumentItem>>();
  readonly #byId = new Map<string, DocumentItem>();
  /** When this tab changed or removed one, by `performance.now()`. */
  readonly #changedAt = new Map<string, number>();
  readonly #onChange: (collectionId: string) => void;

  constructor(onChange: (collectionId: string) => void) {
    this.#onChange = onChange;
  }

  /** As they are at this moment, for those who work on them. */
  now(collectionId: string): readonly DocumentItem[] {
    return [...(this.#byCollection.get(collectionId)?.values() ?? [])];
  }

  get(id: string): DocumentItem | undefined {
    return this.#byId.get(id);
  }

  all(): IterableIterator<DocumentItem> {
    return this.#byId.values();
  }

  /** The first in order that is in this state. */
  first(
    state: DocumentState,
    accepts: (item: DocumentItem) => boolean = () => true,
  ): DocumentItem | undefined {
    for (const item of this.#byId.values()) if (item.state === state && accepts(item)) return item;
    return undefined;
  }

  put(item: DocumentItem): void {
    this.#changedAt.set(item.id, performance.now());
    this.#set(item);
  }

  setProgress(id: string, progress: number): void {
    const item = this.#byId.get(id);
    if (item) this.#set({ ...item, progress });
  }

  remove(id: string): void {
    const item = this.#byId.get(id);
    if (!item) return;
    this.#changedAt.set(id, performance.now());
    this.held.delete(id);
    this.#drop(item);
  }

  /** What is in the database, except where this tab knows better. */
  take({ documents, since }: DocumentsReading): void {
    const isOlder = (id: string): boolean => (this.#changedAt.get(id) ?? 0) >= since;
    const read = new Set(documents.map(({ id }) => id));
    for (const item of [...this.#byId.values()]) {
      if (!read.has(item.id) && !isOlder(item.id) && item.progress === undefined) this.#drop(item);
    }
    for (const document of [...documents].sort(inOrder)) {
      const isAtWork = this.#byId.get(document.id)?.progress !== undefined;
      if (!isOlder(document.id) && !isAtWork) this.#set(document);
    }
  }

  #set(item: DocumentItem): void {
    const ofCollection = this.#byCollection.get(item.collectionId) ?? new Map<string, DocumentItem>();
    ofCollection.set(item.id, item);
    this.#byCollection.set(item.collectionId, ofCollection);
    this.#byId.set(item.id, item);
    this.#onChange(item.collectionId);
  }

  #drop({ id, collectionId }: DocumentItem): void {
    this.#byId.delete(id);
    this.#byCollection.get(collectionId)?.delete(id);
    this.#onChange(collectionId);
  }
}

function inOrder(a: StoredDocument, b: StoredDocument): number {
  return a.addedAt - b.addedAt || (a.path ?? a.name).localeCompare(b.path ?? b.name);
}
