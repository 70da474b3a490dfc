/** Two ways to the same engine with the same model: straight, and through Switchyard's worker layer. */
import { createWllama } from '../../../src/backends/wllama/index';
import type { LocalModelFile } from '../../../src/core/connection';
import { streamChat } from '../../../src/core/stream-chat';
import RawWorker from './raw.worker.ts?worker';
import type { RawReply, RawRequest } from './raw.worker';

export interface Figures {
  readonly tokensPerSecond: number;
  /** Milliseconds. */
  readonly firstToken: number;
}

interface Subject {
  load(file: LocalModelFile): Promise<unknown>;
  /** Calls `onText` at least for the first piece. */
  answer(onText: () => void): Promise<void>;
}

/** The answer to the prompt must have at least so many tokens, so that both sides make the same number. */
export interface Workload {
  readonly prompt: string;
  readonly answers: number;
  readonly tokensPerAnswer: number;
}

function raw({ prompt, tokensPerAnswer: maxTokens }: Workload): Subject {
  const worker = new RawWorker();
  const ask = (request: RawRequest, onText: () => void = () => undefined) =>
    new Promise<void>((resolve) => {
      worker.onmessage = (event: MessageEvent<RawReply>) => {
        if (event.data === 'first token') onText();
        else resolve();
      };
      worker.postMessage(request);
    });
  return {
    load: ({ url }) => ask({ load: url }),
    answer: (onText) => ask({ prompt, maxTokens }, onText),
  };
}

function switchyard(file: LocalModelFile, { prompt, tokensPerAnswer: maxTokens }: Workload): Subject {
  const backend = createWllama({ id: 'wllama', kind: 'wllama', label: '', files: [file] });
  const { signal } = new AbortController();
  const params = { temperature: 0, contextLength: 1024, maxTokens };
  return {
    load: () => backend.load({ modelId: file.id, params }, () => undefined, signal),
    async answer(onText) {
      const request = { modelId: file.id, messages: [{ role: 'user', text: prompt } as const], params };
      for await (const event of streamChat(backend, request, signal)) {
        if (event.type === 'text-delta') onText();
        if (event.type === 'stream-error') throw event.error;
      }
    },
  };
}

async function measure(subject: Subject, { answers, tokensPerAnswer }: Workload): Promise<Figures> {
  const firsts: number[] = [];
  const startedAt = performance.now();
  for (let count = 0; count < answers; count++) {
    const askedAt = performance.now();
    let first: number | undefined;
    await subject.answer(() => (first ??= performance.now() - askedAt));
    firsts.push(first ?? Number.NaN);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { tokensPerSecond: (answers * tokensPerAnswer) / seconds, firstToken: Math.min(...firsts) };
}

async function prepare(
  url: string,
  bytes: number,
  workload: Workload,
): Promise<(name: string) => Promise<Figures>> {
  const file = { id: url, label: url, url: new URL(url, location.href).href, bytes };
  const subjects = new Map([
    ['raw engine', raw(workload)],
    ['switchyard', switchyard(file, workload)],
  ]);
  for (const subject of subjects.values()) {
    await subject.load(file);
    await measure(subject, workload);
  }
  return (name) => {
    const subject = subjects.get(name);
    if (!subject) throw new Error(`No subject is called ${name}.`);
    return measure(subject, workload);
  };
}

declare global {
  interface Window {
    prepareWorkerBench: typeof prepare;
    measureWorkerBench?: (name: string) => Promise<Figures>;
  }
}

window.prepareWorkerBench = prepare;
