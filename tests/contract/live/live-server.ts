/** One real server under test: its backend, a model of it, and a way to ask. */
import { beforeAll, describe } from 'vitest';
import { backendFactory } from '../../../src/backends/registry';
import { serverPresets } from '../../../src/backends/presets';
import type { Backend, ChatRequest } from '../../../src/core/backend';
import type { ServerConnection, ServerKind } from '../../../src/core/connection';
import type { ParamName, Params } from '../../../src/core/params';
import { noModels } from '../../support/no-models';
import { collectEvents, textOf } from '../support/collect-events';

export interface LiveServer {
  readonly kind: ServerKind;
  /** Default: that of the kind. */
  readonly label?: string;
  /** Skipped, and counted as skipped, when absent. */
  readonly baseUrl: string | undefined;
  /** Default `direct`. */
  readonly via?: ServerConnection['via'];
  readonly apiKey?: string;
  /** The model to ask; the first one that the server lists when absent. */
  readonly model?: string;
  /** A second server of this kind that makes vectors; Ollama needs none. */
  readonly embedUrl?: string;
  /** The project started it, so its flags and models are known. */
  readonly isOurs?: boolean;
}

export interface LiveContext extends LiveServer {
  readonly connection: ServerConnection;
  readonly via: ServerConnection['via'];
  /** Both are there when the tests run. */
  backend(): Backend;
  modelId(): string;
  open(connection: ServerConnection): Promise<Backend>;
  /** Greedy, seeded and short unless said otherwise. */
  ask(text: string, more?: Partial<ChatRequest>): ChatRequest;
  /** The text of the answer, whatever its end. */
  answer(text: string, params?: Params): Promise<string>;
  /** Whether the newest version of this kind of server has the setting. */
  supports(param: ParamName): boolean;
}

/** Registers the tests of one topic. */
export type LiveTopic = (live: LiveContext) => void;

export const never = new AbortController().signal;

/** A small model on a busy machine: what matters is that an answer comes, not when. */
const patience = { timeout: 180_000 };

export function describeLiveServer(server: LiveServer, topics: readonly LiveTopic[]): void {
  const { kind, baseUrl, via = 'direct', apiKey, model } = server;
  const { label = serverPresets[kind].label } = server;
  describe.skipIf(!baseUrl)(`real ${label}, ${via}`, patience, () => {
    const connection: ServerConnection = { id: kind, kind, label, baseUrl: baseUrl ?? '', via, apiKey };
    const open = backendFactory(noModels);
    let backend: Backend | undefined;
    let modelId = '';

    const live: LiveContext = {
      ...server,
      connection,
      via,
      open,
      backend() {
        if (!backend) throw new Error('The backend is there only while tests run.');
        return backend;
      },
      modelId: () => modelId,
      ask: (text, more = {}) => ({
        modelId,
        messages: [{ role: 'user', text }],
        ...more,
        params: { temperature: 0, seed: 1, maxTokens: 16, ...more.params },
      }),
      answer: async (text, params) => textOf(await collectEvents(live.backend(), live.ask(text, { params }))),
      supports: (param) => serverPresets[kind].params[0]?.params[param] !== 'unsupported',
    };

    beforeAll(async () => {
      backend = await open(connection);
      const models = await backend.listModels(never);
      modelId = model ?? models.find(({ capabilities }) => capabilities?.chat !== false)?.id ?? '';
    }, patience.timeout);

    for (const topic of topics) topic(live);
  });
}
