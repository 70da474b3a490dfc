/**
 * Reads replies as fast as they come, and does nothing else. A browser throws away what a broken connection had
 * delivered but nobody had read yet: half a megabyte per cut, if the reader also writes to disk.
 */
import type { NetworkReply, NetworkRequest } from './network-protocol';

/** Bytes that may wait for the disk before the network has to wait too. */
const mostWaiting = 128 * 1024 * 1024;

interface Running {
  readonly controller: AbortController;
  waiting: number;
  goOn: () => void;
}

const running = new Map<number, Running>();

self.addEventListener('message', (event: MessageEvent<NetworkRequest>) => {
  const { data } = event;
  if (data.type === 'get') return void get(data.id, data.url, data.headers);
  const one = running.get(data.id);
  if (!one) return;
  if (data.type === 'took') {
    one.waiting -= data.bytes;
    if (one.waiting < mostWaiting) one.goOn();
  } else {
    one.controller.abort();
    one.goOn();
  }
});

async function get(id: number, url: string, headers: Record<string, string>): Promise<void> {
  const one: Running = { controller: new AbortController(), waiting: 0, goOn: () => undefined };
  running.set(id, one);
  const { signal } = one.controller;
  const post = (reply: NetworkReply, transfer: Transferable[] = []): void =>
    self.postMessage(reply, { transfer });
  try {
    // A copy in the HTTP cache would only take the space that the kept file needs.
    const response = await fetch(url, { signal, headers, cache: 'no-store' });
    post({ id, type: 'head', status: response.status, headers: [...response.headers] });
    const reader = response.body?.getReader();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      one.waiting += value.byteLength;
      post({ id, type: 'chunk', chunk: value }, [value.buffer]);
      if (one.waiting >= mostWaiting) await new Promise<void>((resolve) => (one.goOn = resolve));
      signal.throwIfAborted();
    }
    post({ id, type: 'end' });
  } catch (thrown) {
    post({ id, type: 'broken', said: thrown instanceof Error ? thrown.message : String(thrown) });
  } finally {
    running.delete(id);
  }
}
