/** The download worker's side of the network worker: a `fetch` whose body is a queue that loses nothing. */
import type { NetworkReply, NetworkRequest } from './network-protocol';
import NetworkWorker from './network.worker.ts?worker';
import type { Reply, Get } from './fetch-part';

interface Pending {
  readonly onHead: (reply: Reply) => void;
  readonly onFailure: (error: Error) => void;
  readonly queue: Uint8Array<ArrayBuffer>[];
  /** Absent while it goes on; an Error where it broke. */
  ended?: 'end' | Error;
  wake: () => void;
}

let worker: Worker | undefined;
let lastId = 0;
const pending = new Map<number, Pending>();

/** @throws TypeError where no connection came about, or the signal's reason */
export const getThroughWorker: Get = (url, headers, signal) => {
  signal.throwIfAborted();
  const id = ++lastId;
  const post = (request: NetworkRequest): void => start().postMessage(request);
  const abort = (): void => post({ id, type: 'abort' });
  signal.addEventListener('abort', abort, { once: true });
  return new Promise<Reply>((onHead, onFailure) => {
    pending.set(id, { onHead, onFailure, queue: [], wake: () => undefined });
    post({ id, type: 'get', url, headers });
  }).catch((thrown: unknown) => {
    signal.removeEventListener('abort', abort);
    signal.throwIfAborted();
    throw thrown;
  });
};

function start(): Worker {
  if (worker) return worker;
  worker = new NetworkWorker();
  worker.addEventListener('message', (event: MessageEvent<NetworkReply>) => receive(event.data));
  return worker;
}

function receive(reply: NetworkReply): void {
  const one = pending.get(reply.id);
  if (!one) return;
  switch (reply.type) {
    case 'head': {
      const headers = new Headers(reply.headers.map(([name, value]): [string, string] => [name, value]));
      return one.onHead({ status: reply.status, headers, body: chunksOf(reply.id, one) });
    }
    case 'chunk':
      one.queue.push(reply.chunk);
      break;
    case 'end':
      one.ended = 'end';
      break;
    case 'broken':
      one.ended = new TypeError(reply.said);
      one.onFailure(one.ended);
  }
  one.wake();
}

/** Everything that arrived comes out before the news that the connection broke. */
async function* chunksOf(id: number, one: Pending): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  try {
    for (;;) {
      const chunk = one.queue.shift();
      if (chunk) {
        yield chunk;
        start().postMessage({ id, type: 'took', bytes: chunk.byteLength } satisfies NetworkRequest);
      } else if (one.ended instanceof Error) {
        throw one.ended;
      } else if (one.ended) {
        return;
      } else {
        await new Promise<void>((resolve) => (one.wake = resolve));
      }
    }
  } finally {
    // The reader may have walked away before the end.
    if (!one.ended) start().postMessage({ id, type: 'abort' } satisfies NetworkRequest);
    pending.delete(id);
  }
}
