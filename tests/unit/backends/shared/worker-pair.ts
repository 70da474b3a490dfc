/** Both ends of the worker protocol over a real MessageChannel, with an engine that a test can steer. */
import { WorkerClient, type ClientPort } from '../../../../src/backends/shared/worker-client';
import { serveEngine } from '../../../../src/backends/shared/worker-host';
import type { Engine, EngineOptions } from '../../../../src/backends/shared/engine';
import type { BackendError } from '../../../../src/core/backend-error';
import type { ChatRequest, LoadedModel } from '../../../../src/core/backend';
import type { WorkerReply, WorkerRequest } from '../../../../src/backends/shared/worker-protocol';

export type Options = EngineOptions;

export function optionsFor(id: string): Options {
  return { model: { id, engine: 'wllama', label: id, files: [] }, device: 'cpu' };
}

export const loaded: LoadedModel = { modelId: 'm', runsOn: 'this-cpu' };

export function chatRequest(text = 'hello'): ChatRequest {
  return { modelId: 'm', messages: [{ role: 'user', text }], params: {} };
}

export interface Pair {
  readonly client: WorkerClient<Options>;
  readonly port: ClientPort<Options>;
  /** Everything that crossed the border towards the page. */
  readonly replies: WorkerReply[];
  readonly isTerminated: () => boolean;
  /** Fires an event of the worker itself, as the browser does. */
  readonly fire: (event: Event) => void;
  readonly crash: (error: BackendError) => void;
}

const open: MessagePort[] = [];

export function closePairs(): void {
  for (const port of open.splice(0)) port.close();
}

export function makePair(engine: Partial<Engine<Options>>): Pair {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const crashes: ((error: BackendError) => void)[] = [];
  const whole: Engine<Options> = {
    load: () => Promise.resolve(loaded),
    async *chat() {
      await Promise.resolve();
      yield { type: 'stream-end', reason: 'stop' };
    },
    dispose: () => Promise.resolve(),
    ...engine,
  };
  serveEngine((onCrash) => {
    crashes.push(onCrash);
    return whole;
  }, port2);
  port2.start();

  const replies: WorkerReply[] = [];
  const events = new EventTarget();
  let isTerminated = false;
  port1.addEventListener('message', (event: MessageEvent) => {
    replies.push(event.data as WorkerReply);
    if (!isTerminated) events.dispatchEvent(new MessageEvent('message', { data: event.data as unknown }));
  });
  port1.start();
  const port: ClientPort<Options> = {
    postMessage: (request: WorkerRequest<Options>) => port1.postMessage(request),
    addEventListener: (type, listener) => events.addEventListener(type, listener),
    terminate: () => {
      isTerminated = true;
    },
  };
  return {
    client: new WorkerClient(port),
    port,
    replies,
    isTerminated: () => isTerminated,
    fire: (event) => void events.dispatchEvent(event),
    crash: (error) => crashes.forEach((one) => one(error)),
  };
}
