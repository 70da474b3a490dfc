/** A model in a bare worker: the library is called directly, with the settings that our layer gives it. */
import { threadCount } from '../../../src/backends/shared/thread-count';
import type { LocalEngine, LocalModel } from '../../../src/core/local-model';
import type { OpenedFile } from '../../../src/core/model-shelf';
import type { RawReply, RawRequest } from './raw-protocol';
import RawTransformers from './raw-transformers.worker.ts?worker';
import RawWebLlm from './raw-webllm.worker.ts?worker';
import RawWllama from './raw-wllama.worker.ts?worker';
import type { Subject } from './subject';

const workers: Readonly<Record<LocalEngine, new () => Worker>> = {
  wllama: RawWllama,
  transformers: RawTransformers,
  webllm: RawWebLlm,
};

export function raw(model: LocalModel, files: readonly OpenedFile[], contextLength: number): Subject {
  let worker: Worker | undefined;

  function ask(request: RawRequest, onText: () => void = () => undefined): Promise<RawReply> {
    return new Promise((resolve, reject) => {
      if (!worker) return reject(new Error('The worker was not started.'));
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.onmessage = ({ data }: MessageEvent<RawReply>) => {
        if (data.type === 'first text') onText();
        else if (data.type === 'failed') reject(new Error(data.said));
        else resolve(data);
      };
      worker.postMessage(request);
    });
  }

  return {
    async load() {
      worker = new workers[model.engine]();
      await ask({ type: 'load', model, files, contextLength, threads: threadCount() });
    },
    async answer(question, onText) {
      const reply = await ask({ type: 'answer', ...question }, onText);
      if (reply.type !== 'answered') throw new Error(`An answer ended with ${reply.type}.`);
      return reply.counts;
    },
    unload() {
      worker?.terminate();
      worker = undefined;
      return Promise.resolve();
    },
  };
}
