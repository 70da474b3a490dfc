/** Stands for a relay and the servers of its status, as far as a page asks; chats are answered by the test. */
import { vi } from 'vitest';
import type { RelayConfig, RelayStatus } from '../../../relay/contract';

interface RelayWorld {
  readonly config: RelayConfig;
  readonly status: RelayStatus;
  /** @param server the id of the upstream */
  readonly chat: (server: string, init: RequestInit | undefined) => Response | Promise<Response>;
}

/** Until `vi.restoreAllMocks()`. */
export function answerAsRelay({ config, status, chat }: RelayWorld): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.origin);
    if (pathname === '/api/config') return Response.json(config);
    if (pathname === '/api/status') return Response.json(status);
    const server = pathname.split('/')[2] ?? '';
    if (pathname.endsWith('/v1/models')) {
      const models = status.upstreams.find(({ id }) => id === server)?.models ?? [];
      return Response.json({ data: models.map(({ id }) => ({ id })) });
    }
    if (!pathname.endsWith('/v1/chat/completions')) throw new TypeError('Failed to fetch');
    return chat(server, init);
  });
}
