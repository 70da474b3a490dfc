/** Stands for a relay with one model `m` behind every server, as far as a page asks; chats are answered by the test. */
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
    if (pathname.endsWith('/v1/models')) return Response.json({ data: [{ id: 'm' }] });
    if (!pathname.endsWith('/v1/chat/completions')) throw new TypeError('Failed to fetch');
    return chat(pathname.split('/')[2] ?? '', init);
  });
}
