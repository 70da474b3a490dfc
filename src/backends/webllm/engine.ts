/** WebLLM behind the engine interface: a model compiled for WebGPU, in this very worker. */
import type { InitProgressReport, MLCEngineConfig, MLCEngineInterface } from '@mlc-ai/web-llm';
import type { ChatRequest, LoadedModel, LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import { type LocalModel, modelBytes } from '../../core/local-model';
import type { OpenedFile } from '../../core/model-shelf';
import type { Engine, EngineEvent } from '../shared/engine';
import { softwareNotice } from '../shared/load-notices';
import { type CallRules, chatCall, type ChatCall } from './chat-call';
import { readTemplateRoles } from './chat-config';
import { type CompletionChunk, completionEvents } from './completion-events';
import { DeviceWatch } from '../shared/device-watch';
import { embedTexts } from './embedding';
import { explainAnswerFailure, explainLoadFailure } from './engine-error';
import { installFileCache } from './file-cache';
import type { WebLlmOptions } from './load-options';
import { hasManifest, modelRecord } from './model-record';
import { PromptCache } from './prompt-cache';

/** The part of MLCEngine that we use. */
export type WebLlm = Pick<
  MLCEngineInterface,
  'reload' | 'unload' | 'chat' | 'completions' | 'embeddings' | 'interruptGenerate' | 'getMessage'
>;

interface Loaded {
  readonly webLlm: WebLlm;
  readonly model: LocalModel;
  readonly rules: CallRules;
}

export class WebLlmEngine implements Engine<WebLlmOptions> {
  #loaded: Loaded | undefined;
  #promptCache = new PromptCache();
  #device: DeviceWatch;

  /** @param onCrash called when the graphics card is lost while nothing is asked of it */
  constructor(
    private readonly makeWebLlm: (config: MLCEngineConfig) => WebLlm,
    onCrash: (error: BackendError) => void,
  ) {
    this.#device = new DeviceWatch(onCrash);
  }

  async load(
    options: WebLlmOptions,
    files: readonly OpenedFile[],
    onProgress: (progress: LoadProgress) => void,
  ): Promise<LoadedModel> {
    const { model, contextLength = model.contextLength } = options;
    const record = modelRecord(model, options.contextLength);
    installFileCache(files);
    this.#device.install();
    const progress = progressReader(model, onProgress);
    const webLlm = this.makeWebLlm({
      appConfig: { model_list: [record], cacheBackend: 'cache' },
      initProgressCallback: progress.report,
      logLevel: 'SILENT',
    });
    try {
      const templateRoles = await readTemplateRoles(files);
      await this.#device.guard(webLlm.reload(model.id));
      // A reload that was cut short resolves as if nothing had happened.
      if (!progress.isFinished()) throw new Error('The load ended before its end.');
      this.#loaded = { webLlm, model, rules: rulesFor(model, templateRoles) };
    } catch (thrown) {
      throw explainLoadFailure(thrown);
    }
    return {
      modelId: model.id,
      runsOn: this.#device.isSoftware ? 'this-cpu' : 'this-gpu',
      thinkingControl: this.#loaded.rules.canThink ? 'switch' : 'none',
      ...(contextLength !== undefined && { contextLength }),
      ...(this.#device.isSoftware && { notice: softwareNotice }),
    };
  }

  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void, undefined> {
    const { webLlm, rules } = this.#ready();
    const call = chatCall(request, rules);
    yield { type: 'stream-start', modelId: request.modelId, effects: call.effects };
    if (signal.aborted) return yield { type: 'stream-end', reason: 'aborted' };
    try {
      yield* completionEvents({
        chunks: this.#chunks(webLlm, call, signal),
        stops: request.params.stop ?? [],
        prompt: this.#promptCache.begin(call.isChat ? call.request.messages : []),
        wholeAnswer: () => webLlm.getMessage(),
      });
    } catch (thrown) {
      throw explainAnswerFailure(thrown);
    }
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const { webLlm, model } = this.#ready();
    try {
      return await this.#device.guard(embedTexts(webLlm, model, texts, signal));
    } catch (thrown) {
      signal.throwIfAborted();
      throw explainAnswerFailure(thrown);
    }
  }

  async dispose(): Promise<void> {
    this.#device.end();
    const loaded = this.#loaded;
    this.#loaded = undefined;
    await loaded?.webLlm.unload();
  }

  #ready(): Loaded {
    if (!this.#loaded) throw new BackendError('internal', 'The engine was asked before a model was loaded.');
    return this.#loaded;
  }

  /**
   * Runs to the end even after a stop: only then is WebLLM ready for the next question. It forgets an interruption
   * when a generation starts, so it is told again after every token until it obeys.
   */
  async *#chunks(
    webLlm: WebLlm,
    call: ChatCall,
    signal: AbortSignal,
  ): AsyncGenerator<CompletionChunk, void, undefined> {
    const interrupt = () => webLlm.interruptGenerate();
    signal.addEventListener('abort', interrupt);
    try {
      const chunks = (await startGeneration(webLlm, call))[Symbol.asyncIterator]();
      for (;;) {
        const next = await this.#device.guard(chunks.next());
        if (next.done) return;
        if (signal.aborted) interrupt();
        yield next.value;
      }
    } finally {
      signal.removeEventListener('abort', interrupt);
    }
  }
}

function startGeneration(webLlm: WebLlm, call: ChatCall): Promise<AsyncIterable<CompletionChunk>> {
  return call.isChat ? webLlm.chat.completions.create(call.request) : webLlm.completions.create(call.request);
}

function rulesFor(model: LocalModel, templateRoles: ReadonlySet<string>): CallRules {
  return {
    seesImages: model.capabilities?.vision === true,
    canThink: model.capabilities?.thinking === true,
    // Models with a manifest get their turns without a template.
    templateRoles: hasManifest(model) ? new Set() : templateRoles,
  };
}

/** WebLLM tells its steps in prose; the last one, and how much of the weights lies on the graphics card, are in it. */
function progressReader(model: LocalModel, onProgress: (progress: LoadProgress) => void) {
  const total = modelBytes(model);
  let isFinished = false;
  return {
    isFinished: () => isFinished,
    report({ progress, text }: InitProgressReport): void {
      if (text.startsWith('Finish loading')) isFinished = true;
      else if (text.startsWith('Loading model from cache')) {
        onProgress({ phase: 'initialize', loaded: Math.round(progress * total), total });
      }
    },
  };
}
