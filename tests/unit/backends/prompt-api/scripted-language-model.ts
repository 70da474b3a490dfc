/** A LanguageModel that behaves as told: no browser here has a model, and no browser loses one on demand. */
import { vi } from 'vitest';

export interface Script {
  availability?: Availability;
  /** Thrown by `create`. */
  refusal?: Error;
  /** Shares of the download that are reported. */
  downloads?: readonly number[];
  /** Pieces of every answer; an Error ends it, `overflow` makes room as the browser does. */
  answer?: readonly (string | Error)[];
  contextWindow?: number;
}

export interface Session extends EventTarget {
  readonly options: LanguageModelCreateOptions;
  readonly asked: readonly { readonly question: string; readonly options: LanguageModelPromptOptions }[];
  readonly isDestroyed: boolean;
}

/** Tokens are words here. */
const wordsIn = (text: string) => text.split(/\s+/).filter(Boolean).length;

/** @returns the sessions that were made, in their order */
export function installScripted(script: Script): Session[] {
  const sessions: Session[] = [];

  class Scripted extends EventTarget implements Session {
    static availability = () => Promise.resolve(script.availability ?? 'available');
    static create(options: LanguageModelCreateOptions) {
      options.signal?.throwIfAborted();
      if (script.refusal) return Promise.reject(script.refusal);
      const monitor = new EventTarget();
      options.monitor?.(monitor as CreateMonitor);
      for (const loaded of script.downloads ?? []) {
        monitor.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded, total: 1 }));
      }
      const session = new Scripted(options);
      sessions.push(session);
      return Promise.resolve(session);
    }

    readonly asked: { question: string; options: LanguageModelPromptOptions }[] = [];
    readonly contextWindow = script.contextWindow ?? 9216;
    contextUsage: number;
    isDestroyed = false;

    constructor(readonly options: LanguageModelCreateOptions) {
      super();
      const texts = (options.initialPrompts ?? []).map(({ content }) =>
        typeof content === 'string' ? content : '',
      );
      this.contextUsage = wordsIn(texts.join(' '));
    }

    measureContextUsage(question: string) {
      return Promise.resolve(wordsIn(question));
    }

    promptStreaming(question: string, options: LanguageModelPromptOptions): ReadableStream<string> {
      this.asked.push({ question, options });
      const pieces = [...(script.answer ?? ['Hello', ' you'])];
      this.contextUsage += wordsIn(question);
      return new ReadableStream<string>(
        {
          pull: async (controller) => {
            await Promise.resolve();
            const { signal } = options;
            if (signal?.aborted) return controller.error(signal.reason);
            if (this.isDestroyed) return controller.error(new DOMException('Destroyed.', 'AbortError'));
            const piece = pieces.shift();
            if (piece === undefined) return controller.close();
            if (piece instanceof Error) return controller.error(piece);
            if (piece === 'overflow') this.dispatchEvent(new Event('contextoverflow'));
            this.contextUsage += wordsIn(piece);
            controller.enqueue(piece);
          },
        },
        { highWaterMark: 0 },
      );
    }

    destroy() {
      this.isDestroyed = true;
    }
  }

  vi.stubGlobal('LanguageModel', Scripted);
  return sessions;
}
