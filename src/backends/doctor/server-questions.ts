/** Questions to a server, one at a time and never a request that makes it work. */
import { wordsOfBody } from '../shared/server-words';
import type { DoctorTools } from './doctor-tools';

export type Reply =
  | {
      readonly state: 'reply';
      readonly status: number;
      readonly json: unknown;
      /** In the server's own words, shortened. */
      readonly said: string;
      readonly isHtml: boolean;
      readonly ms: number;
    }
  /** `fetch` failed, which is all that a page is told. */
  | { readonly state: 'nothing' }
  | { readonly state: 'silence' };

export interface ServerQuestions {
  /** @param headers any but the plainest make the browser ask the server's permission first (a preflight) */
  readonly get: (url: string, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  /** Whether something answers there at all. */
  readonly reach: (url: string) => Promise<boolean | undefined>;
  /** For code that calls `fetch` itself. */
  readonly fetch: typeof fetch;
}

/** Every method rejects only when `signal` is aborted. */
export function createServerQuestions(tools: DoctorTools, signal: AbortSignal): ServerQuestions {
  let isFirst = true;

  async function pause(): Promise<void> {
    if (!isFirst) await new Promise((resolve) => setTimeout(resolve, tools.pauseMs));
    isFirst = false;
    signal.throwIfAborted();
  }

  async function get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    await pause();
    const timeout = AbortSignal.timeout(tools.patienceMs);
    const started = performance.now();
    try {
      const init: RequestInit = { headers, cache: 'no-store', credentials: 'omit' };
      const response = await tools.fetch(url, { ...init, signal: AbortSignal.any([signal, timeout]) });
      const text = await response.text();
      const ms = Math.round(performance.now() - started);
      const { said, isHtml = false } = wordsOfBody(text);
      return { state: 'reply', status: response.status, json: parseJson(text), said, isHtml, ms };
    } catch {
      signal.throwIfAborted();
      return { state: timeout.aborted ? 'silence' : 'nothing' };
    }
  }

  return {
    get,
    async reach(url) {
      await pause();
      return tools.canReach(url, AbortSignal.any([signal, AbortSignal.timeout(tools.patienceMs)]));
    },
    fetch: async (input, init) => {
      await pause();
      return tools.fetch(input, init);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
