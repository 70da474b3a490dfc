/** What Ollama's native API answers (PROTOCOLS A), as far as it is used; every field that may be absent is optional. */
import * as v from 'valibot';
import { saidTokenSchema } from '../shared/said-token-schema';

const capabilities = v.nullish(v.array(v.string()));

export const versionSchema = v.object({ version: v.string() });

export const tagsSchema = v.object({
  models: v.nullish(
    v.array(
      v.object({
        name: v.string(),
        size: v.optional(v.number()),
        digest: v.optional(v.string()),
        details: v.nullish(
          v.object({
            quantization_level: v.optional(v.string()),
            family: v.optional(v.string()),
            context_length: v.optional(v.number()),
          }),
        ),
        capabilities,
      }),
    ),
    [],
  ),
});

export const psSchema = v.object({
  models: v.nullish(
    v.array(
      v.object({
        name: v.string(),
        context_length: v.optional(v.number()),
        expires_at: v.optional(v.string()),
        size_vram: v.optional(v.number()),
      }),
    ),
    [],
  ),
});

/** A line of `/api/pull`. */
export const pullLineSchema = v.object({
  status: v.optional(v.string(), ''),
  digest: v.optional(v.string()),
  total: v.optional(v.number()),
  completed: v.optional(v.number()),
});

export const showSchema = v.object({
  template: v.optional(v.string(), ''),
  /** Newer models name a renderer built into Ollama instead of bringing a template. */
  renderer: v.optional(v.string(), ''),
  capabilities,
  details: v.nullish(v.object({ family: v.optional(v.string()) })),
  model_info: v.nullish(v.record(v.string(), v.unknown()), {}),
});

export const embeddingsSchema = v.object({ embeddings: v.array(v.array(v.number())) });

/** A line of `/api/chat` (`message`) or of `/api/generate` (`response`); durations are nanoseconds. */
export const answerLineSchema = v.object({
  message: v.nullish(
    v.object({
      content: v.nullish(v.string(), ''),
      thinking: v.nullish(v.string(), ''),
      /** Whole, also in a stream. */
      tool_calls: v.nullish(
        v.array(
          v.object({
            id: v.nullish(v.string()),
            function: v.object({ name: v.string(), arguments: v.nullish(v.record(v.string(), v.unknown())) }),
          }),
        ),
      ),
    }),
  ),
  response: v.optional(v.string(), ''),
  thinking: v.optional(v.string(), ''),
  logprobs: v.nullish(v.array(saidTokenSchema)),
  done: v.optional(v.boolean(), false),
  done_reason: v.optional(v.string()),
  load_duration: v.optional(v.number()),
  prompt_eval_count: v.optional(v.number()),
  prompt_eval_duration: v.optional(v.number()),
  eval_count: v.optional(v.number()),
  eval_duration: v.optional(v.number()),
});

/** An answer that was not streamed, read as the only line of a stream. */
export const wholeAnswerSchema = v.pipe(
  v.looseObject({}),
  v.check((answer) => 'message' in answer || 'response' in answer),
  answerLineSchema,
  v.transform((line) => ({ ...line, done: true })),
);

export type AnswerLine = v.InferOutput<typeof answerLineSchema>;
