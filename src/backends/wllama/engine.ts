/** wllama behind the engine interface: llama.cpp in WebAssembly, which starts a nested worker of its own. */
import { Wllama, type WllamaLogger } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import type { ChatRequest, LoadedModel } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { OpenedFile } from '../../core/model-shelf';
import type { Params } from '../../core/params';
import type { Engine, EngineEvent } from '../shared/engine';
import { controlIn } from '../shared/fit-thinking';
import { noTemplateNotice } from '../shared/load-notices';
import { onlyChats, onlyEmbeds } from '../shared/wrong-purpose';
import { completionBody } from './completion-body';
import { completionEvents, type CompletionChunk } from './completion-events';
import { readRunsOn } from './device';
import { embeddingConfig, embedTexts } from './embed-texts';
import { type Constraint, explainChatFailure, explainLoadFailure } from './engine-error';
import type { WllamaOptions } from './load-options';

/**
 * Tokens of a prompt that are read before the engine looks up. It obeys a stop only then; on a processor
 * a larger batch is hardly faster, on a graphics card it is much faster and quick anyway.
 */
const cpuBatch = 8;
const longestLog = 1000;
/** Milliseconds in which a browser gives back the memory of a worker that was just ended. */
const memoryReturns = 500;

export class WllamaEngine implements Engine<WllamaOptions> {
  #wllama: Wllama | undefined;
  #log: string[] = [];
  #canChat = true;

  /** @param onCrash called when the nested worker breaks: wllama would leave its callers waiting for ever */
  constructor(private readonly onCrash: (error: BackendError) => void) {}

  async load(options: WllamaOptions, files: readonly OpenedFile[]): Promise<LoadedModel> {
    const { model } = options;
    this.#canChat = model.embedding === undefined;
    const wllama = await this.#start(options, files)
      .catch(async (thrown: unknown) => {
        if (!isAddressSpaceTaken(thrown)) throw thrown;
        await new Promise((resolve) => setTimeout(resolve, memoryReturns));
        return this.#start(options, files);
      })
      .catch((thrown: unknown) => {
        throw explainLoadFailure(model, this.#log, thrown);
      });
    const info = wllama.getLoadedContextInfo();
    // A file that llama.cpp cannot read is not an error for wllama: it resolves, with an empty context.
    if (!(info.n_ctx > 0)) throw explainLoadFailure(model, this.#log);
    const template = wllama.getChatTemplate();
    return {
      modelId: model.id,
      runsOn: readRunsOn(this.#log),
      contextLength: Math.min(info.n_ctx, info.n_ctx_train),
      ...(this.#canChat && { thinkingControl: controlIn(template) }),
      ...(this.#canChat && !template && { notice: noTemplateNotice }),
    };
  }

  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void, undefined> {
    const wllama = this.#loaded();
    if (!this.#canChat) throw onlyEmbeds();
    const { body, isChat, effects, ignoresTools } = completionBody(request, wllama.getChatTemplate());
    yield { type: 'stream-start', modelId: request.modelId, effects, ...(ignoresTools && { ignoresTools }) };
    this.#log = [];
    try {
      yield* completionEvents(await startCompletion(wllama, body, isChat, signal));
    } catch (thrown) {
      if (signal.aborted) yield { type: 'stream-end', reason: 'aborted' };
      else throw explainChatFailure(thrown, this.#log, constraintOf(request.params));
    }
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const wllama = this.#loaded();
    if (this.#canChat) throw onlyChats();
    try {
      return await embedTexts(wllama, texts, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      throw explainChatFailure(thrown, this.#log);
    }
  }

  async dispose(): Promise<void> {
    await this.#wllama?.exit();
    this.#wllama = undefined;
  }

  async #start({ model, device, contextLength, threads }: WllamaOptions, files: readonly OpenedFile[]) {
    const wllama = new Wllama({ default: wasmUrl }, { logger: this.#logger() });
    this.#wllama = wllama;
    // Without this, browsers that lack something would fetch another build from a foreign address.
    wllama.setCompat(null);
    await wllama.loadModel(
      files.map(({ blob }) => blob),
      {
        ...(device === 'cpu' && { n_gpu_layers: 0, n_batch: cpuBatch, n_ubatch: cpuBatch }),
        n_ctx: contextLength,
        n_threads: threads,
        n_parallel: 1,
        warmup: false,
        ...(model.embedding && embeddingConfig(model.embedding, contextLength)),
      },
    );
    return wllama;
  }

  #loaded(): Wllama {
    if (this.#wllama) return this.#wllama;
    throw new BackendError('internal', 'The engine was asked before a model was loaded.');
  }

  #logger(): WllamaLogger {
    const note = (...said: unknown[]) => {
      this.#log.push(said.map(wordsOf).join(' '));
      if (this.#log.length > longestLog) this.#log.shift();
    };
    const error = (...said: unknown[]) => {
      note(...said);
      if (!said.some((one) => one instanceof Event)) return;
      this.onCrash(new BackendError('load-failed', 'The engine’s own worker could not run.'));
    };
    return { debug: note, log: note, warn: note, error };
  }
}

/** The engine reserves 4 GB of addresses before it reads a byte; those of an ended engine may still be taken. */
function isAddressSpaceTaken(thrown: unknown): boolean {
  return /WebAssembly\.Memory\(\): could not allocate/.test(wordsOf(thrown));
}

function constraintOf({ format, grammar }: Params): Constraint | undefined {
  if (grammar !== undefined) return 'grammar';
  return format === undefined ? undefined : 'JSON Schema';
}

/** wllama's parameter types leave out names that llama.cpp takes, and have some that it ignores. */
async function startCompletion(
  wllama: Wllama,
  body: object,
  isChat: boolean,
  abortSignal: AbortSignal,
): Promise<AsyncIterable<CompletionChunk>> {
  type ChatParams = Parameters<Wllama['createChatCompletion']>[0] & { stream: true };
  type PlainParams = Parameters<Wllama['createCompletion']>[0] & { stream: true };
  const params = { ...body, abortSignal };
  return isChat
    ? wllama.createChatCompletion(params as ChatParams)
    : wllama.createCompletion(params as PlainParams);
}

function wordsOf(said: unknown): string {
  if (said instanceof Error) return said.message;
  return typeof said === 'string' ? said : '';
}
