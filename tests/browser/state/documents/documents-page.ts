/** A library of documents over real storage and real workers, with a server whose vectors are set by the test. */
import { deleteDB } from 'idb';
import { vi } from 'vitest';
import type { RelayConfig, RelayStatus } from '../../../../relay/contract';
import { ReadingClient } from '../../../../src/documents/reading/reading-client';
import { SearchClient } from '../../../../src/documents/search/search-client';
import { BackendStore } from '../../../../src/state/backend-store.svelte';
import type { AddedFile } from '../../../../src/state/documents/added-file';
import { DocumentLibrary } from '../../../../src/state/documents/document-library.svelte';
import { ModelLibrary } from '../../../../src/state/model-library.svelte';
import { Notices } from '../../../../src/state/notices.svelte';
import { Settings } from '../../../../src/state/settings.svelte';
import { SwitchyardDatabase } from '../../../../src/storage/database';
import { DocumentStore } from '../../../../src/storage/document-store';
import { OriginalFiles } from '../../../../src/storage/original-files';
import { SettingStore } from '../../../../src/storage/setting-store';
import { untilAborted } from '../../../support/until-aborted';
import type { DocumentsHost } from '../../../../src/state/documents/documents-host';

const upstream = { id: 'server', kind: 'openai', label: 'Vectors' } as const;
const config: RelayConfig = {
  backendType: 'openai',
  defaultModel: 'm',
  upstreams: [upstream],
  localModels: [],
  version: '1',
};
const models = [{ id: 'letters-embed' }, { id: 'lengths-embed' }];
const status: RelayStatus = {
  upstreams: [{ ...upstream, url: 'http://server.test', hasKey: false, state: 'ready', models }],
};

export const letters = { backendId: 'server', modelId: 'letters-embed', modelLabel: 'Letters' };
export const lengths = { backendId: 'server', modelId: 'lengths-embed', modelLabel: 'Lengths' };

/** How often each letter is in a text; or of the other model, three numbers. */
function vectorOf(text: string, model: string): number[] {
  if (model === 'lengths-embed') return [1, text.length, text.split(' ').length];
  const counts = Array.from({ length: 26 }, () => 0.01);
  for (const letter of text.toLowerCase()) {
    const at = letter.charCodeAt(0) - 97;
    if (at in counts) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

export class DocumentsPage {
  readonly database = new SwitchyardDatabase(`documents-${crypto.randomUUID()}`);
  readonly store = new DocumentStore(this.database);
  readonly originals = new OriginalFiles(this.database.name);
  readonly notices = new Notices();
  /** Texts of each request for vectors. */
  readonly asked: { readonly model: string; readonly input: readonly string[] }[] = [];
  /** What the server does instead of answering; the status of a failure. */
  failWith: number | undefined;
  /** Resolves when a request may be answered. */
  mayAnswer: Promise<void> = Promise.resolve();
  readonly #clients: { dispose(): void }[] = [];

  constructor() {
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input, location.origin);
      if (pathname === '/api/config') return Response.json(config);
      if (pathname === '/api/status') return Response.json(status);
      if (!pathname.endsWith('/v1/embeddings')) return real(input, init);
      await Promise.race([this.mayAnswer, untilAborted(init?.signal)]);
      init?.signal?.throwIfAborted();
      const request = JSON.parse(init?.body as string) as { model: string; input: string[] };
      if (this.failWith !== undefined) return new Response('{}', { status: this.failWith });
      this.asked.push(request);
      const data = request.input.map((text, index) => ({
        index,
        embedding: vectorOf(text, request.model),
      }));
      return Response.json({ data });
    });
  }

  /** As after a reload, or in another tab: nothing is shared but what is kept. */
  async openLibrary(change: Partial<DocumentsHost> = {}): Promise<DocumentLibrary> {
    const settings = new Settings(new SettingStore(this.database), this.notices);
    const reader = new ReadingClient();
    this.#clients.push(reader);
    const library = new DocumentLibrary({
      store: this.store,
      originals: this.originals,
      reader,
      tokenizerOf: () => Promise.resolve(undefined),
      createIndex: (onLost) => {
        const index = new SearchClient(onLost);
        this.#clients.push(index);
        return index;
      },
      backends: new BackendStore(settings, new ModelLibrary(), location.origin),
      notices: this.notices,
      ...change,
    });
    await library.open();
    return library;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.dispose();
    vi.restoreAllMocks();
    (await this.database.connect()).close();
    await deleteDB(this.database.name);
    const root = await navigator.storage.getDirectory();
    await root.removeEntry(this.database.name, { recursive: true }).catch(() => undefined);
  }
}

export function textFile(name: string, text: string, path?: string): AddedFile {
  return { file: new File([text], name), ...(path !== undefined && { path }) };
}

/** Workers start, and fetch their code for the first time. */
export const soon = { timeout: 30_000 };

export function never(): AbortSignal {
  return new AbortController().signal;
}
