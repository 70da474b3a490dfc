/** Two ways to run the same model with the same bytes, raw and through Switchyard's layer, step by step. */
import type { LocalModel } from '../../../src/core/local-model';
import type { Device } from '../../../src/core/backend';
import { raw } from './raw';
import type { Counts, Question, Subject } from './subject';
import { switchyard } from './switchyard';

/** Milliseconds of the wall clock, from the page's side. */
export interface Answered extends Counts {
  readonly firstMs: number;
  /** From the first text to the end. */
  readonly restMs: number;
}

interface Bench {
  /** Fetches the files, so that no load waits for a server. */
  prepare(model: LocalModel, contextLength: number, device: Device): Promise<void>;
  /** @returns milliseconds */
  load(subject: string): Promise<number>;
  answer(subject: string, question: Question): Promise<Answered>;
  unload(subject: string): Promise<void>;
}

let subjects: Readonly<Record<string, Subject>> = {};

const bench: Bench = {
  async prepare(model, contextLength, device) {
    const files = await Promise.all(
      model.files.map(async ({ path, sources: [source = ''] }) => {
        const response = await fetch(source);
        if (!response.ok) throw new Error(`${source} answered with status ${response.status}.`);
        return { path, blob: await response.blob() };
      }),
    );
    subjects = {
      switchyard: switchyard(model, files, contextLength, device),
      raw: raw(model, files, contextLength),
    };
  },
  async load(name) {
    const startedAt = performance.now();
    await find(name).load();
    return performance.now() - startedAt;
  },
  async answer(name, question) {
    const askedAt = performance.now();
    let firstAt: number | undefined;
    const counts = await find(name).answer(question, () => (firstAt ??= performance.now()));
    if (firstAt === undefined) throw new Error('The answer has no text.');
    return { ...counts, firstMs: firstAt - askedAt, restMs: performance.now() - firstAt };
  },
  unload: (name) => find(name).unload(),
};
Object.assign(window, { bench });

function find(name: string): Subject {
  const subject = subjects[name];
  if (!subject) throw new Error(`No subject is called ${name}.`);
  return subject;
}
