/** Finds out which kind of server answers at an address that a person typed. */
import * as v from 'valibot';
import { BackendError } from '../core/backend-error';
import type { ServerConnection, ServerKind } from '../core/connection';
import { apiBase } from './shared/api-base';
import { modelsSchema } from './openai-compatible/wire';
import { serverPresets } from './presets';
import { createServerHttp } from './shared/http';
import type { ServerHttp } from './shared/http';

/** Milliseconds before a server that is busy is asked again: InstructLab counts a connection until it has seen it close. */
const pauses = [100, 300, 900];

/**
 * Reads only. `undefined`: something answers, but none of the servers we know.
 * @throws BackendError `unreachable` when nothing at all can be read; `unauthorized` when only a key is missing;
 * `server-failed` while it is too busy to tell, for then the next sign would say less than it seems to.
 */
export async function detectServerKind(
  baseUrl: string,
  callFetch: typeof fetch,
  signal: AbortSignal,
  apiKey?: string,
): Promise<ServerKind | undefined> {
  const connection: ServerConnection = {
    id: 'detect',
    kind: 'openai',
    label: 'The server',
    baseUrl,
    via: 'direct',
    apiKey,
  };
  const { root, api } = apiBase(connection);
  const http = createServerHttp({ ...connection, baseUrl: root }, callFetch);
  const failures: BackendError[] = [];
  for (const { kind, asks } of signs(root, api)) {
    try {
      await whenFree(() => asks(http, signal), signal);
      return kind;
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof BackendError) || isBusy(thrown)) throw thrown;
      failures.push(thrown);
    }
  }
  const telling = failures.find(({ code }) => code === 'unauthorized') ?? everyOne(failures, 'unreachable');
  if (telling) throw telling;
  return undefined;
}

async function whenFree(ask: () => Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  for (const pause of pauses) {
    try {
      return await ask();
    } catch (thrown) {
      if (!isBusy(thrown)) throw thrown;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    signal.throwIfAborted();
  }
  return ask();
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof BackendError && thrown.detail.status === 503;
}

interface Sign {
  readonly kind: ServerKind;
  /** Throws when the sign is not there. */
  readonly asks: (http: ServerHttp, signal: AbortSignal) => Promise<unknown>;
}

/** In this order: one request at a time, since InstructLab takes no two, and the most special sign first. */
function signs(root: string, api: string): readonly Sign[] {
  const greeting = v.object({ message: v.pipe(v.string(), v.includes('InstructLab')) });
  const { vllm, llamacpp } = serverPresets;
  const all: readonly Sign[] = [
    { kind: 'instructlab', asks: (http, signal) => http.getJson('/', greeting, signal) },
    { kind: 'ollama', asks: (http, signal) => http.getJson('/api/version', field('version'), signal) },
    {
      kind: 'vllm',
      asks: (http, signal) => http.getJson(vllm.quirks.version.path, field('version'), signal),
    },
    {
      kind: 'llamacpp',
      asks: (http, signal) =>
        http.getJson(llamacpp.quirks.version.path, field(llamacpp.quirks.version.field), signal),
    },
    { kind: 'openai', asks: (http, signal) => http.getJson(`${api}/models`, modelsSchema, signal) },
  ];
  // Ollama tells its version at `/api/version`, so an address with its `/api` would look like vLLM.
  return root.endsWith('/api') ? all.filter(({ kind }) => kind !== 'vllm') : all;
}

function field(name: string) {
  return v.object({ [name]: v.string() });
}

function everyOne(failures: readonly BackendError[], code: BackendError['code']): BackendError | undefined {
  return failures.every((failure) => failure.code === code) ? failures[0] : undefined;
}
