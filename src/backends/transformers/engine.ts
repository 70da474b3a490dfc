/** Transformers.js behind the engine interface: ONNX Runtime in this very worker. */
import {
  AutoModelForCausalLM,
  AutoTokenizer,
  type DynamicCache,
  LogitsProcessorList,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  StoppingCriteriaList,
  Tensor,
} from '@huggingface/transformers';
import type { ChatRequest, LoadedModel } from '../../core/backend';
import type { BackendError } from '../../core/backend-error';
import { mapParams } from '../../core/map-params';
import type { Params } from '../../core/params';
import { usualContextLength } from '../../core/local-model';
import type { OpenedFile } from '../../core/model-shelf';
import { DeviceWatch } from '../shared/device-watch';
import type { Engine, EngineEvent } from '../shared/engine';
import { controlIn } from '../shared/fit-thinking';
import { conversationTooLong } from '../shared/engine-failures';
import { noTemplateNotice, softwareNotice } from '../shared/load-notices';
import { createPushQueue } from '../shared/push-queue';
import { onlyChats, onlyEmbeds } from '../shared/wrong-purpose';
import { type Advice, isPlainGreedy, samplingSettings } from './answer-settings';
import { ConversationCache } from './conversation-cache';
import { type Embedder, loadEmbedder } from './embed-texts';
import { explainAnswerFailure, explainLoadFailure } from './engine-error';
import type { TransformersOptions } from './load-options';
import { macrotask } from './macrotask';
import { graphNames } from './graph-names';
import { installModelFiles, modelName } from './model-files';
import { transformersParams } from './params';
import { chatTemplate, promptOf } from './prompt';
import { installRuntime } from './runtime';
import { anySeed, seededRandom } from '../../platform/seeded-random';
import { SamplingProcessor, type SamplingWish } from './sampling/sampling-processor';
import { StopWhen, TokenStream } from './token-stream';

interface Loaded {
  readonly model: PreTrainedModel;
  readonly tokenizer: PreTrainedTokenizer;
  /** Tokens. */
  readonly contextLength: number;
}

export class TransformersEngine implements Engine<TransformersOptions> {
  #chat: Loaded | undefined;
  #embedder: Embedder | undefined;
  #release: (() => Promise<unknown>) | undefined;
  readonly #cache = new ConversationCache();
  readonly #device: DeviceWatch;

  /** @param onCrash called when the graphics card is lost while nothing is asked of it */
  constructor(onCrash: (error: BackendError) => void) {
    this.#device = new DeviceWatch(onCrash);
  }

  async load(options: TransformersOptions, files: readonly OpenedFile[]): Promise<LoadedModel> {
    const { model } = options;
    installRuntime(options.threads);
    installModelFiles(files);
    this.#device.install();
    const device = options.device === 'gpu' ? 'webgpu' : 'wasm';
    try {
      const graph = graphNames(model);
      if (model.embedding) {
        const { embed, extractor } = await this.#device.guard(loadEmbedder(graph, device, model.embedding));
        this.#embedder = embed;
        this.#release = () => extractor.dispose();
        return this.#describe(options);
      }
      const tokenizer = await AutoTokenizer.from_pretrained(modelName);
      const loaded = await this.#device.guard(
        AutoModelForCausalLM.from_pretrained(modelName, { ...graph, device }),
      );
      letMessagesIn(loaded);
      const contextLength = contextLengthOf(loaded, options);
      this.#chat = { model: loaded, tokenizer, contextLength };
      this.#release = () => loaded.dispose();
      return this.#describe(options, this.#chat);
    } catch (thrown) {
      throw explainLoadFailure(model, thrown);
    }
  }

  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void, undefined> {
    const loaded = this.#chat;
    if (!loaded) throw onlyEmbeds();
    const prompt = promptOf(request, loaded.tokenizer);
    // The prompt saw to it.
    const settled = { ...request.params, thinking: undefined };
    const { body, effects } = mapParams(settled, transformersParams);
    // The table keeps the names, and its ranges the values.
    const params = body as Params;
    if (prompt.tokens.length >= loaded.contextLength)
      throw conversationTooLong({ needed: prompt.tokens.length, available: loaded.contextLength });
    yield { type: 'stream-start', modelId: request.modelId, effects: [...effects, ...prompt.effects] };
    const queue = createPushQueue<EngineEvent>();
    const stream = new TokenStream(loaded.tokenizer, params.stop ?? [], (events) => queue.push(events));
    this.#answer(loaded, params, prompt.tokens, stream, signal).then(
      (end) => {
        queue.push([end]);
        queue.end();
      },
      (thrown: unknown) => queue.fail(explainAnswerFailure(thrown)),
    );
    yield* queue;
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    if (!this.#embedder) throw onlyChats();
    try {
      return await this.#device.guard(this.#embedder(texts, signal));
    } catch (thrown) {
      signal.throwIfAborted();
      throw explainAnswerFailure(thrown);
    }
  }

  async dispose(): Promise<void> {
    this.#device.end();
    await this.#cache.clear();
    await this.#release?.();
  }

  #describe({ model, device }: TransformersOptions, chat?: Loaded): LoadedModel {
    const isSoftware = device === 'gpu' && this.#device.isSoftware;
    const template = chat && chatTemplate(chat.tokenizer);
    const notices = [
      ...(chat && template === undefined ? [noTemplateNotice] : []),
      ...(isSoftware ? [softwareNotice] : []),
    ];
    return {
      modelId: model.id,
      runsOn: device === 'cpu' || isSoftware ? 'this-cpu' : 'this-gpu',
      ...(chat && { contextLength: chat.contextLength, thinkingControl: controlIn(template) }),
      ...(notices.length > 0 && { notice: notices.join(' ') }),
    };
  }

  async #answer(
    { model, contextLength }: Loaded,
    params: Params,
    prompt: readonly number[],
    stream: TokenStream,
    signal: AbortSignal,
  ): Promise<EngineEvent> {
    const startedAt = performance.now();
    const settings = samplingSettings(params, adviceOf(model));
    const wish = { settings, promptLength: prompt.length, random: seededRandom(params.seed ?? anySeed()) };
    const report = params.topLogprobs && { count: params.topLogprobs, onToken: stream.reportOdds };
    const most = Math.min(params.maxTokens ?? Infinity, contextLength - prompt.length);
    const reused = await this.#cache.take(prompt);
    const length = prompt.length;
    const output = await this.#device.guard(
      model.generate({
        inputs: new Tensor('int64', BigInt64Array.from(prompt, BigInt), [1, length]),
        attention_mask: new Tensor('int64', new BigInt64Array(length).fill(1n), [1, length]),
        ...(reused && { past_key_values: reused.cache }),
        // The library keeps to the model's own wishes for what is not said here.
        do_sample: false,
        repetition_penalty: 1,
        max_new_tokens: most,
        return_dict_in_generate: true,
        ...((report || !isPlainGreedy(settings)) && {
          logits_processor: processorOf({ ...wish, ...(report && { report }) }),
        }),
        stopping_criteria: criteriaOf(() => signal.aborted || stream.isStopped),
        streamer: stream,
      }) as Promise<{ past_key_values: DynamicCache }>,
    );
    const endedAt = performance.now();
    await this.#cache.keep([...prompt, ...stream.tokens], output.past_key_values);
    const firstAt = stream.firstTokenAt ?? endedAt;
    return {
      type: 'stream-end',
      reason: signal.aborted
        ? 'aborted'
        : stream.isStopped || stream.tokens.length < most
          ? 'stop'
          : 'length',
      usage: {
        promptTokens: length,
        completionTokens: stream.tokens.length,
        ...(reused && { cachedTokens: reused.length }),
      },
      timings: { prefillMs: firstAt - startedAt, decodeMs: endedAt - firstAt },
    };
  }
}

/** The library's type promises its own class; what it hands out is the file as it is. */
function adviceOf({ generation_config: config }: PreTrainedModel): Advice {
  return config ?? {};
}

/** Milliseconds without a look at the worker's mail; shorter than a token of all but the smallest models. */
const longestDeafness = 8;

/** On one thread nothing of the worker's mail is read while a token is computed: so there is a break before it. */
function letMessagesIn(model: PreTrainedModel): void {
  const forward = model.forward.bind(model);
  let lookedAt = -Infinity;
  model.forward = async (inputs) => {
    if (performance.now() - lookedAt >= longestDeafness) {
      await macrotask();
      lookedAt = performance.now();
    }
    return forward(inputs) as Promise<unknown>;
  };
}

function processorOf(wish: SamplingWish): LogitsProcessorList {
  const list = new LogitsProcessorList();
  list.push(new SamplingProcessor(wish));
  return list;
}

function criteriaOf(isEnough: () => boolean): StoppingCriteriaList {
  const list = new StoppingCriteriaList();
  list.push(new StopWhen(isEnough));
  return list;
}

/** What the person wants, at most what the model was trained for. */
function contextLengthOf({ config }: PreTrainedModel, options: TransformersOptions): number {
  const { max_position_embeddings, n_positions } = config as {
    max_position_embeddings?: number;
    n_positions?: number;
  };
  const trained = max_position_embeddings ?? n_positions ?? options.model.contextLength ?? Infinity;
  return Math.min(trained, options.contextLength ?? usualContextLength);
}
