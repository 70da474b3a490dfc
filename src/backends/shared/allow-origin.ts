/** How each kind of server is told to answer a page of another origin: the one table of such lines. */
import type { ServerKind } from '../../core/connection';

export interface OriginRule {
  /** The line that allows the origin; absent where the server has no such setting. */
  readonly line?: (origin: string) => string;
  /** Where that line belongs. */
  readonly place: string;
  /** What there is to know besides, as a sentence. */
  readonly note: string;
}

export const originRules: Readonly<Record<ServerKind, OriginRule>> = {
  ollama: {
    line: (origin) => `OLLAMA_ORIGINS=${origin}`,
    place: 'Environment of Ollama',
    note: 'Ollama itself allows pages on localhost and 127.0.0.1 only. Set this variable where Ollama is started, and start it again.',
  },
  vllm: {
    line: (origin) => `--allowed-origins '["${origin}"]'`,
    place: 'Flag of vllm serve',
    note: 'Current versions of vLLM allow no page by themselves. Start it again with this flag.',
  },
  instructlab: {
    place: 'InstructLab',
    note: 'InstructLab itself allows every page: look at the proxy in between, if there is one.',
  },
  llamacpp: {
    line: (origin) => `--cors-origins ${origin}`,
    place: 'Flag of llama-server',
    note: 'llama.cpp itself allows every page, unless it is started with tools or with other origins. Start it again with this flag, or look at the proxy in between.',
  },
  openai: {
    line: (origin) => `Access-Control-Allow-Origin: ${origin}`,
    place: 'Header that the server must send',
    note: 'Its documentation tells how: look for CORS or “allowed origins”.',
  },
};
