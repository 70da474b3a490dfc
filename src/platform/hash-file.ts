/** The hash of a file, reckoned in a worker that is started when it is first needed. */
import type { HashAlgorithm, HashReply, HashRequest } from './hash-message';
import workerUrl from './hash.worker.ts?worker&url';
import { startWorker } from './start-worker';

let worker: Worker | undefined;
let lastId = 0;
const pending = new Map<number, (reply: Omit<HashReply, 'id'>) => void>();

/** @returns lower-case hex. @throws Error where the file cannot be read (any more) */
export async function hashFile(content: Blob, algorithm: HashAlgorithm = 'sha256'): Promise<string> {
  const id = ++lastId;
  const { digest, said } = await new Promise<Omit<HashReply, 'id'>>((resolve) => {
    pending.set(id, resolve);
    started().postMessage({ id, content, algorithm } satisfies HashRequest);
  });
  if (digest === undefined) throw new Error(said ?? 'This file could not be read.');
  return digest;
}

function started(): Worker {
  if (worker) return worker;
  worker = startWorker(workerUrl);
  worker.onmessage = ({ data: { id, ...reply } }: MessageEvent<HashReply>) => answer(id, reply);
  worker.onerror = (event) => {
    worker?.terminate();
    worker = undefined;
    const said = event.message || 'The worker’s script did not start.';
    for (const id of [...pending.keys()]) answer(id, { said });
  };
  return worker;
}

function answer(id: number, reply: Omit<HashReply, 'id'>): void {
  pending.get(id)?.(reply);
  pending.delete(id);
}
