/** Files become documents that wait to be read: each is compared with what is there, and copied so that it stays. */
import { BackendError } from '../../core/backend-error';
import type { StoredDocument } from '../../core/document';
import { requireReadableSize } from '../../documents/reading/file-limit';
import { headBytes, identifyKind } from '../../documents/reading/identify-kind';
import { whyRefused } from '../../documents/reading/why-refused';
import { hashFile } from '../../platform/hash-file';
import { newId } from '../new-id';
import type { AddedFile, AddReport, RefusedFile } from './added-file';
import { stored } from './document-item';
import type { DocumentRows } from './document-rows';
import type { DocumentsHost } from './documents-host';
import type { IngestWork } from './ingest-work.svelte';
import { mostDocuments, mostFilesAtOnce } from './limits';
import { isSameFolder, missingFrom } from './missing-from';
import { placeOf } from './place-of';

export interface AddSources extends Pick<DocumentsHost, 'store' | 'originals'> {
  readonly rows: DocumentRows;
  readonly work: IngestWork;
  /** Nobody works on these when it resolves: their files have changed. */
  stop(ids: readonly string[]): Promise<void>;
  start(): void;
}

/** What every system leaves in folders, and nobody means to add. */
const leftovers = /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini|__MACOSX\/.*)$/i;

export async function addFiles(
  collectionId: string,
  files: readonly AddedFile[],
  sources: AddSources,
  signal: AbortSignal,
): Promise<AddReport> {
  const adding = new Adding(collectionId, files, sources, await sources.originals.isAvailable());
  const wanted = files.filter(({ file, path = file.name }) => !leftovers.test(path));
  const taken = wanted.slice(0, mostFilesAtOnce).sort(byPlace);
  const { work } = sources;
  try {
    for (const [done, added] of taken.entries()) {
      if (signal.aborted) break;
      work.adding = { done, total: taken.length };
      await adding.add(added, signal);
    }
  } finally {
    work.adding = undefined;
  }
  const over = wanted.length - taken.length;
  if (over > 0)
    adding.refuse(
      `${over.toLocaleString()} more files`,
      `At most ${mostFilesAtOnce.toLocaleString()} are added at once. Add the rest afterwards.`,
    );
  const missing = signal.aborted ? [] : missingFrom(sources.rows.now(collectionId), files);
  return { ...adding.report(), missing };
}

class Adding {
  readonly #collectionId: string;
  readonly #sources: AddSources;
  readonly #keepsFiles: boolean;
  readonly #bySha: Map<string, StoredDocument>;
  readonly #byPlace: Map<string, StoredDocument>;
  /** Of all that are added now. */
  readonly #places: ReadonlySet<string>;
  readonly #refused: RefusedFile[] = [];
  #added = 0;
  #changed = 0;
  #known = 0;

  constructor(collectionId: string, files: readonly AddedFile[], sources: AddSources, keepsFiles: boolean) {
    this.#places = new Set(files.map((added) => placeOf({ ...added, name: added.file.name })));
    this.#collectionId = collectionId;
    this.#sources = sources;
    this.#keepsFiles = keepsFiles;
    const items = sources.rows.now(collectionId);
    this.#bySha = new Map(items.map((item) => [item.sha256, item]));
    this.#byPlace = new Map(items.map((item) => [placeOf(item), item]));
  }

  /** One file that cannot be added never stops the others. */
  async add(added: AddedFile, signal: AbortSignal): Promise<void> {
    try {
      await this.#take(added, signal);
    } catch (thrown) {
      if (signal.aborted) return;
      const { message, detail } = BackendError.from(thrown);
      this.refuse(
        added.path ?? added.file.name,
        detail.hint === undefined ? message : `${message} ${detail.hint}`,
      );
    }
  }

  refuse(name: string, why: string): void {
    this.#refused.push({ name, why });
  }

  report(): Omit<AddReport, 'missing'> {
    const isHeld = !this.#keepsFiles && this.#added + this.#changed > 0;
    return {
      added: this.#added,
      changed: this.#changed,
      known: this.#known,
      refused: this.#refused,
      notices: isHeld ? [notKept] : [],
    };
  }

  async #take(added: AddedFile, signal: AbortSignal): Promise<void> {
    const { file, path, url } = added;
    const { name } = file;
    requireReadableSize(name, file.size);
    const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    const kind = identifyKind(name, head);
    if (!kind) throw whyRefused(name, head);
    const sha256 = await hashFile(file);
    signal.throwIfAborted();
    const place = placeOf({ name, path, url });
    const twin = this.#bySha.get(sha256);
    if (twin && twin.state !== 'failed') return this.#recognise(twin, name, path);
    const before = twin ?? this.#byPlace.get(place);
    if (!before && this.#bySha.size >= mostDocuments) throw tooMany();
    const document: StoredDocument = {
      id: before?.id ?? newId(),
      collectionId: this.#collectionId,
      name,
      kind,
      bytes: file.size,
      sha256,
      addedAt: before?.addedAt ?? Date.now(),
      modifiedAt: file.lastModified,
      state: 'waiting',
      ...(path !== undefined && { path }),
      ...(url !== undefined && { url }),
    };
    await this.#keep(document, file, signal);
    if (before) this.#bySha.delete(before.sha256);
    this.#bySha.set(sha256, document);
    this.#byPlace.set(place, document);
    if (before) this.#changed++;
    else this.#added++;
    this.#sources.start();
  }

  /** The same content. A file that was renamed within its folder is found under its new name. */
  async #recognise(twin: StoredDocument, name: string, path: string | undefined): Promise<void> {
    this.#known++;
    const isMoved = path !== undefined && twin.path !== undefined && isSameFolder(path, twin.path);
    if (!isMoved || this.#places.has(placeOf(twin))) return;
    const { rows, store, stop, start } = this.#sources;
    // What works on it would write its old name.
    await stop([twin.id]);
    const item = rows.get(twin.id) ?? twin;
    const state = item.state === 'reading' ? 'waiting' : item.state;
    const renamed: StoredDocument = { ...stored(item), name, path, state };
    if (!rows.held.has(twin.id) && !(await store.change(renamed))) return;
    rows.put(renamed);
    start();
    this.#byPlace.delete(placeOf(twin));
    this.#bySha.set(twin.sha256, renamed);
  }

  async #keep(document: StoredDocument, file: File, signal: AbortSignal): Promise<void> {
    const { rows, store, originals, stop } = this.#sources;
    await stop([document.id]);
    if (this.#keepsFiles) {
      await originals.write(document, file, signal);
      await store.expect(document);
    } else {
      // Without its file a row that waits could never be read after a reload: it is written with the text.
      await store.delete(document.id);
      rows.held.set(document.id, file);
    }
    rows.put(document);
  }
}

const notKept =
  'This browser keeps no files for a page: leave this tab open until all are read. Answers can show their text, not the original pages.';

function byPlace(a: AddedFile, b: AddedFile): number {
  return (a.path ?? a.file.name).localeCompare(b.path ?? b.file.name);
}

function tooMany(): BackendError {
  const message = `This collection has ${mostDocuments.toLocaleString()} documents, and takes no more.`;
  return new BackendError('bad-request', message, { hint: 'Make another collection for the rest.' });
}
