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
  answer(prompt: string, onText: () => void): Promise<void>;
}

/** Four answers of 100 tokens each. */
const prompts = Array<string>(4).fill('count to one hundred');
const tokensPerAnswer = 100;

function raw(): Subject {
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
    answer: (prompt, onText) => ask({ prompt }, onText),
  };
}

function switchyard(file: LocalModelFile): Subject {
  const backend = createWllama({ id: 'wllama', kind: 'wllama', label: '', files: [file] });
  const { signal } = new AbortController();
  const params = { temperature: 0, contextLength: 1024 };
  return {
    load: () => backend.load({ modelId: file.id, params }, () => undefined, signal),
    async answer(prompt, onText) {
      const request = { modelId: file.id, messages: [{ role: 'user', text: prompt } as const], params };
      for await (const event of streamChat(backend, request, signal)) {
        if (event.type === 'text-delta') onText();
        if (event.type === 'stream-error') throw event.error;
      }
    },
  };
}

async function measure(subject: Subject): Promise<Figures> {
  const firsts: number[] = [];
  const startedAt = performance.now();
  for (const prompt of prompts) {
    const askedAt = performance.now();
    let first: number | undefined;
    await subject.answer(prompt, () => (first ??= performance.now() - askedAt));
    firsts.push(first ?? Number.NaN);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { tokensPerSecond: (prompts.length * tokensPerAnswer) / seconds, firstToken: Math.min(...firsts) };
}

async function prepare(url: string, bytes: number): Promise<(name: string) => Promise<Figures>> {
  const file = { id: 'tiny', label: 'Tiny', url: new URL(url, location.href).href, bytes };
  const subjects = new Map([
    ['raw engine', raw()],
    ['switchyard', switchyard(file)],
  ]);
  for (const subject of subjects.values()) {
    await subject.load(file);
    await measure(subject);
  }
  return (name) => {
    const subject = subjects.get(name);
    if (!subject) throw new Error(`No subject is called ${name}.`);
    return measure(subject);
  };
}

declare global {
  interface Window {
    prepareWorkerBench: typeof prepare;
    measureWorkerBench?: (name: string) => Promise<Figures>;
  }
}

window.prepareWorkerBench = prepare;
