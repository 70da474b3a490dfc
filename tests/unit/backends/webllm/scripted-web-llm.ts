/** An MLCEngine that behaves as told, with the real one's rules for interruptions: no real one runs without a library. */
import type { ChatCompletionChunk, CompletionUsage, MLCEngineConfig } from '@mlc-ai/web-llm';
import type { WebLlm } from '../../../../src/backends/webllm/engine';
import type { OpenedFile } from '../../../../src/core/model-shelf';

export interface Script {
  /** What the model says, piece by piece; a function acts in between and may throw. */
  answer?: readonly (string | (() => unknown))[];
  /** What the engine holds at the end, where that is not all pieces. */
  whole?: string;
  reason?: string;
  usage?: Partial<CompletionUsage>;
  /** A reload that was cut short resolves all the same. */
  isReloadCut?: boolean;
  reloadFailure?: Error;
  vector?: readonly number[];
}

export const files: readonly OpenedFile[] = [
  { path: 'mlc-chat-config.json', blob: new Blob([JSON.stringify({ conv_template: {} })]) },
];

export class ScriptedWebLlm {
  readonly requests: unknown[] = [];
  interruptions = 0;
  /** Whether the last generation ran to its end, as it must before the next. */
  isDrained = true;
  config: MLCEngineConfig = {};
  #isInterrupted = false;
  #message = '';

  constructor(readonly script: Script) {}

  readonly make = (config: MLCEngineConfig): WebLlm => {
    this.config = config;
    const create = (request: unknown) => {
      this.requests.push(request);
      return Promise.resolve(this.#generate());
    };
    const engine = {
      chat: { completions: { create } },
      completions: { create },
      embeddings: {
        create: ({ input }: { input: string[] }) => {
          this.requests.push(input);
          return Promise.resolve({ data: input.map(() => ({ embedding: this.script.vector ?? [3, 4] })) });
        },
      },
      reload: () => this.#reload(),
      unload: () => Promise.resolve(),
      getMessage: () => Promise.resolve(this.script.whole ?? this.#message),
      interruptGenerate: () => {
        this.interruptions += 1;
        this.#isInterrupted = true;
      },
    };
    // Only what the adapter uses; the real type has dozens of fields beside.
    return engine as object as WebLlm;
  };

  #reload(): Promise<void> {
    const report = this.config.initProgressCallback;
    report?.({ progress: 0, timeElapsed: 0, text: 'Start to fetch params' });
    if (this.script.reloadFailure) return Promise.reject(this.script.reloadFailure);
    report?.({ progress: 0.5, timeElapsed: 0, text: 'Loading model from cache[1/2]: 1MB loaded.' });
    if (!this.script.isReloadCut)
      report?.({ progress: 1, timeElapsed: 0, text: 'Finish loading on WebGPU - x' });
    return Promise.resolve();
  }

  async *#generate(): AsyncGenerator<ChatCompletionChunk> {
    this.isDrained = false;
    this.#message = '';
    this.#isInterrupted = false;
    let reason = this.script.reason ?? 'stop';
    for (const piece of this.script.answer ?? ['pong']) {
      await new Promise((resolve) => setTimeout(resolve));
      if (this.#isInterrupted) {
        reason = 'abort';
        break;
      }
      if (typeof piece === 'function') await piece();
      else {
        this.#message += piece;
        yield chunk({ choices: [{ delta: { content: piece } }] });
      }
    }
    yield chunk({ choices: [{ delta: {}, finish_reason: reason }] });
    this.isDrained = true;
    yield chunk({ choices: [], usage: { ...usualUsage, ...this.script.usage } });
  }
}

const usualUsage = {
  prompt_tokens: 10,
  completion_tokens: 3,
  total_tokens: 13,
  extra: {
    e2e_latency_s: 1,
    prefill_tokens_per_s: 20,
    decode_tokens_per_s: 10,
    time_to_first_token_s: 0.5,
    time_per_output_token_s: 0.1,
  },
};

function chunk(fields: object): ChatCompletionChunk {
  return fields as ChatCompletionChunk;
}
