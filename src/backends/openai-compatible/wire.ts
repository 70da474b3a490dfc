/** What OpenAI-style servers answer (PROTOCOLS B, C), as far as it is used; lenient, since no two are alike. */
import * as v from 'valibot';
import { toolCallDeltasSchema } from '../shared/merge-tool-calls';
import { saidTokenSchema } from '../shared/said-token-schema';

const text = v.nullish(v.string(), '');
const count = v.nullish(v.number());

export const modelsSchema = v.object({
  data: v.array(
    v.object({
      id: v.string(),
      /** vLLM. */
      max_model_len: count,
      /** vLLM: what it loaded under this name. */
      root: v.nullish(v.string()),
      /** llama.cpp. */
      meta: v.nullish(v.object({ n_ctx: count, size: count, ftype: v.nullish(v.string()) })),
      /** llama.cpp's server as a router. */
      status: v.nullish(v.object({ value: v.string(), failed: v.nullish(v.boolean()) })),
    }),
  ),
});

export const embeddingsSchema = v.object({
  data: v.array(
    v.object({
      index: v.number(),
      /** A list per token where llama-cpp-python's model has no way of pooling them. */
      embedding: v.union([v.array(v.number()), v.array(v.array(v.number()))]),
    }),
  ),
});

/** llama.cpp's `/props`: what the model's chat template can do. */
export const propsSchema = v.object({
  chat_template_caps: v.nullish(v.object({ supports_tools: v.nullish(v.boolean()) })),
});

/** What servers say of sources, each in its own form: read-sources.ts takes what it knows. */
const said = v.optional(v.unknown());
const ofMessage = { context: said, citations: said, annotations: said };

const messageSchema = v.nullish(
  v.object({
    content: text,
    reasoning: text,
    reasoning_content: text,
    tool_calls: toolCallDeltasSchema,
    ...ofMessage,
  }),
);

const besidesMessage = {
  logprobs: v.nullish(v.object({ content: v.nullish(v.array(saidTokenSchema)) })),
  finish_reason: v.nullish(v.string()),
};

const besidesChoices = {
  citations: said,
  search_results: said,
  usage: v.nullish(
    v.object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: v.nullish(v.object({ cached_tokens: count })),
      completion_tokens_details: v.nullish(v.object({ reasoning_tokens: count })),
    }),
  ),
  /** llama.cpp's own measurements, in milliseconds. */
  timings: v.nullish(v.object({ prompt_ms: count, predicted_ms: count })),
};

export const chunkSchema = v.object({
  choices: v.optional(
    v.array(
      v.object({
        delta: messageSchema,
        /** The whole once more, as some send it with the last chunk. */
        message: v.nullish(v.object(ofMessage)),
        /** `/v1/completions`. */
        text,
        ...besidesMessage,
      }),
    ),
    [],
  ),
  ...besidesChoices,
});

export type Chunk = v.InferOutput<typeof chunkSchema>;

/** An answer that was not streamed, read as the only chunk of a stream. */
export const wholeAnswerSchema = v.pipe(
  v.object({
    choices: v.pipe(
      v.array(v.object({ message: messageSchema, text: v.nullish(v.string()), ...besidesMessage })),
      v.check(([first]) => Boolean(first?.message) || typeof first?.text === 'string'),
    ),
    ...besidesChoices,
  }),
  v.transform(({ choices, ...besides }): Chunk => {
    const asDeltas = choices.map(({ message, text: plain, ...more }) => ({
      ...more,
      delta: message,
      text: plain ?? '',
    }));
    return { ...besides, choices: asDeltas };
  }),
);
