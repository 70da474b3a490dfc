/** The collections as this tab knows them, sorted by name. There is always one that takes files. */
import { type Collection, takesFiles } from '../../core/document';
import type { DocumentStore } from '../../storage/document-store';
import { newId } from '../new-id';

/** The same in every tab, so that two of them make one. */
const usual = { id: 'documents', name: 'Documents' };

export class CollectionTable {
  all = $state.raw<readonly Collection[]>([]);
  readonly #store: DocumentStore;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  get(id: string): Collection | undefined {
    return this.all.find((one) => one.id === id);
  }

  /** Resolves with the first reading; a later failure goes to `onError`. */
  async open(onError: (thrown: unknown) => void): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#store.watchCollections(
        (all) => {
          this.all = all.sort(byName);
          resolve();
        },
        (thrown) => {
          onError(thrown);
          reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
        },
      );
    });
    await this.haveOne();
  }

  async haveOne(): Promise<void> {
    if (!this.all.some(takesFiles)) await this.save({ ...usual, createdAt: Date.now() });
  }

  create(name: string, place?: Pick<Collection, 'source' | 'database'>): Promise<Collection> {
    return this.save({ id: newId(), name: name.trim(), createdAt: Date.now(), ...place });
  }

  async save(collection: Collection): Promise<Collection> {
    await this.#store.saveCollection(collection);
    this.put(collection);
    return collection;
  }

  async change(id: string, change: Partial<Collection>): Promise<void> {
    const changed = await this.#store.changeCollection(id, change);
    if (changed) this.put(changed);
  }

  /** Of the vectors that its model makes. */
  async noteDimensions(id: string, dimensions: number): Promise<void> {
    const embedding = this.get(id)?.embedding;
    if (embedding) await this.change(id, { embedding: { ...embedding, dimensions } });
  }

  /** What is written already, before the watch tells it. */
  put(collection: Collection): void {
    const others = this.all.filter(({ id }) => id !== collection.id);
    this.all = [...others, collection].sort(byName);
  }

  drop(id: string): void {
    this.all = this.all.filter((one) => one.id !== id);
  }
}

function byName(a: Collection, b: Collection): number {
  return a.name.localeCompare(b.name) || a.createdAt - b.createdAt;
}
