/** The page's side of the worker that finds differences; it starts with the first that is wanted. */
import type { Differences, DifferencesRequest } from '../../../compare/differences/differences';
import { startWorker } from '../../../platform/start-worker';
import type { DifferencesMessage, DifferencesReply } from './differences-protocol';
import workerUrl from './differences.worker.ts?worker&url';

interface Waiting {
  resolve(differences: Differences): void;
  reject(thrown: Error): void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let lastId = 0;

/** @throws where the worker could not be started or failed */
export function readDifferences(request: DifferencesRequest): Promise<Differences> {
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    worker ??= start();
    worker.postMessage({ id, request } satisfies DifferencesMessage);
  });
}

function start(): Worker {
  const started = startWorker(workerUrl);
  started.addEventListener('message', ({ data }: MessageEvent<DifferencesReply>) => {
    waiting.get(data.id)?.resolve(data.differences);
    waiting.delete(data.id);
  });
  started.addEventListener('error', () => {
    for (const { reject } of waiting.values()) reject(new Error('The differences could not be found.'));
    waiting.clear();
    started.terminate();
    // The next one gets a new worker.
    worker = undefined;
  });
  return started;
}
