/** The worker's side of the protocol: runs one engine and pushes what it says. */
import type { LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { Engine, EngineOptions } from './engine';
import { createEventBatcher } from './event-batcher';
import type { WorkerReply, WorkerRequest } from './worker-protocol';

/** What the host needs of `self`, or of a MessagePort in tests. */
export interface HostPort {
  postMessage(reply: WorkerReply): void;
  addEventListener(type: 'message' | 'unhandledrejection', listener: (event: Event) => void): void;
}

type Question<Options> = Exclude<WorkerRequest<Options>, { type: 'abort' }>;

/** @param makeEngine gets a function to call when the engine broke outside any request */
export function serveEngine<Options extends EngineOptions>(
  makeEngine: (onCrash: (error: BackendError) => void) => Engine<Options>,
  port: HostPort,
): void {
  const onCrash = (error: BackendError) => port.postMessage({ type: 'crashed', error: error.toPlain() });
  const engine = makeEngine(onCrash);
  const running = new Map<number, AbortController>();

  port.addEventListener('message', (event) => {
    // Both ends of the port are ours and ship together.
    const message = (event as MessageEvent).data as WorkerRequest<Options>;
    if (message.type === 'abort') running.get(message.id)?.abort();
    else void answer(message);
  });
  // A promise that nobody awaits may be the engine's last word: its callers would wait for ever.
  port.addEventListener('unhandledrejection', (event) => {
    onCrash(BackendError.from((event as PromiseRejectionEvent).reason));
  });

  async function answer(message: Question<Options>): Promise<void> {
    const { id } = message;
    const controller = new AbortController();
    running.set(id, controller);
    try {
      port.postMessage(await run(message, controller.signal));
    } catch (thrown) {
      port.postMessage({ id, type: 'failed', error: BackendError.from(thrown).toPlain() });
    } finally {
      running.delete(id);
    }
  }

  async function run(message: Question<Options>, signal: AbortSignal): Promise<WorkerReply> {
    const { id } = message;
    switch (message.type) {
      case 'load': {
        const onProgress = (progress: LoadProgress) => port.postMessage({ id, type: 'progress', progress });
        return {
          id,
          type: 'loaded',
          model: await engine.load(message.options, message.files, onProgress, signal),
        };
      }
      case 'chat': {
        const batcher = createEventBatcher((events) => port.postMessage({ id, type: 'events', events }));
        try {
          for await (const event of engine.chat(message.request, signal)) batcher.push(event);
        } finally {
          batcher.flush();
        }
        return { id, type: 'done' };
      }
      case 'embed':
        if (!engine.embed) throw new BackendError('bad-request', 'This engine cannot embed texts.');
        return { id, type: 'embedded', vectors: await engine.embed(message.texts, signal) };
      case 'dispose':
        await engine.dispose();
        return { id, type: 'done' };
    }
  }
}
