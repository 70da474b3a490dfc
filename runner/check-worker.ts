/** Patterns and code of checks in a thread of their own, which is ended when one does not come to an end. */
import { Worker } from 'node:worker_threads';
import type { CheckRunners } from '../src/compare/judge/checks/check';

/** Milliseconds. */
const patience = 3000;

type Job =
  | { readonly kind: 'pattern'; readonly text: string; readonly pattern: string; readonly flags: string }
  | { readonly kind: 'code'; readonly code: string; readonly args: readonly string[] };

type Outcome = { readonly value: unknown } | { readonly problem: string };

/**
 * The code gets a context without anything of Node, and only texts go in. That keeps it from reaching files by
 * accident; against malice it is no wall (`node:vm` says so itself), so that a run file is to be trusted like a script.
 */
const script = `
const { parentPort } = require('node:worker_threads');
const vm = require('node:vm');
const perform = (job) => {
  if (job.kind === 'pattern') return new RegExp(job.pattern, job.flags).test(job.text);
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const args = job.args.map((text) => JSON.stringify(text)).join(', ');
  return vm.runInContext('"use strict";(' + job.code + '\\n)(' + args + ')', context);
};
// A promise that fails later belongs to a call whose result is known already.
process.on('unhandledRejection', () => undefined);
parentPort.on('message', (job) => {
  try {
    parentPort.postMessage({ value: perform(job) });
  } catch (error) {
    parentPort.postMessage({ problem: String((error && error.message) || error) });
  }
});
`;

export interface CheckWorker extends CheckRunners {
  close(): Promise<void>;
}

export function openCheckWorker(): CheckWorker {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** Of the call that runs. */
  let onOutcome: ((outcome: Outcome) => void) | undefined;

  function start(): Worker {
    const started = new Worker(script, { eval: true, env: {} });
    started.on('message', (outcome: Outcome) => onOutcome?.(outcome));
    started.on('error', ({ message }) => drop(started, message));
    return started;
  }

  function drop(dropped: Worker, problem: string): void {
    if (worker === dropped) worker = undefined;
    void dropped.terminate();
    onOutcome?.({ problem });
  }

  function perform(job: Job): Promise<unknown> {
    const current = (worker ??= start());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => drop(current, `It did not end within ${patience / 1000} s.`), patience);
      onOutcome = (outcome) => {
        clearTimeout(timer);
        onOutcome = undefined;
        if ('problem' in outcome) reject(new Error(outcome.problem));
        else resolve(outcome.value);
      };
      current.postMessage(job);
    });
  }

  /** One after the other: whoever takes too long is known then. */
  function queued(job: Job): Promise<unknown> {
    const result = last.then(() => perform(job));
    last = result.catch(() => undefined);
    return result;
  }

  return {
    // Without a memory between calls: the flags that keep one change nothing.
    matchesPattern: async (text, pattern, flags) =>
      (await queued({ kind: 'pattern', text, pattern, flags: flags.replace(/[gy]/g, '') })) === true,
    runCode: (code, args) => queued({ kind: 'code', code, args }),
    close: async () => {
      const ended = worker;
      worker = undefined;
      await ended?.terminate();
    },
  };
}
