/** What each engine's library, asked without our layer, makes of the token that comes after a text. */
import { AutoModelForCausalLM, AutoTokenizer, Tensor, type PreTrainedModel } from '@huggingface/transformers';
import { Wllama } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { graphNames } from '../../../src/backends/transformers/graph-names';
import { installModelFiles, modelName } from '../../../src/backends/transformers/model-files';
import { installRuntime } from '../../../src/backends/transformers/runtime';
import type { LocalModel } from '../../../src/core/local-model';
import { memoryShelf } from '../backends/memory-shelf';

/** Natural logarithms of probabilities, by token id, the likeliest first. */
export type Scores = ReadonlyMap<number, number>;

/** What llama.cpp answers; wllama's types have OpenAI's older form. */
interface Logprobs {
  readonly content: readonly { readonly top_logprobs: readonly { id: number; logprob: number }[] }[];
}

const silent = { debug: ignore, log: ignore, warn: ignore, error: ignore };

export interface NextToken {
  /** @param most how many of the likeliest tokens are wanted */
  scores(text: string, most: number): Promise<Scores>;
  close(): Promise<void>;
}

async function filesOf(model: LocalModel) {
  const { files } = await memoryShelf(model).open(model, () => {}, new AbortController().signal);
  return files;
}

export async function wllamaNextToken(model: LocalModel): Promise<NextToken> {
  const wllama = new Wllama({ default: wasmUrl }, { logger: silent });
  wllama.setCompat(null);
  const blobs = (await filesOf(model)).map(({ blob }) => blob);
  await wllama.loadModel(blobs, { n_gpu_layers: 0, n_ctx: 512, n_parallel: 1, warmup: false });
  return {
    async scores(prompt, most) {
      const asked = { prompt, max_tokens: 1, temperature: 0, logprobs: most, stream: false } as const;
      const { choices } = await wllama.createCompletion(asked);
      const logprobs: unknown = choices[0]?.logprobs;
      const [first] = (logprobs as Logprobs).content;
      return new Map(first?.top_logprobs.map(({ id, logprob }) => [id, logprob]));
    },
    close: () => wllama.exit(),
  };
}

export async function onnxNextToken(model: LocalModel): Promise<NextToken> {
  installRuntime(1);
  installModelFiles(await filesOf(model));
  const tokenizer = await AutoTokenizer.from_pretrained(modelName);
  const loaded = await AutoModelForCausalLM.from_pretrained(modelName, {
    ...graphNames(model),
    device: 'wasm',
  });
  return {
    async scores(text, most) {
      const last = await lastScores(loaded, tokenizer.encode(text));
      const greatest = last.reduce((one, other) => Math.max(one, other));
      const sum = last.reduce((total, score) => total + Math.exp(score - greatest), 0);
      const likeliest = [...last.keys()].sort((one, other) => (last[other] ?? 0) - (last[one] ?? 0));
      const offset = greatest + Math.log(sum);
      return new Map(likeliest.slice(0, most).map((token) => [token, (last[token] ?? 0) - offset]));
    },
    close: () => loaded.dispose().then(() => {}),
  };
}

async function lastScores(model: PreTrainedModel, tokens: readonly number[]): Promise<Float32Array> {
  const dims = [1, tokens.length];
  const { logits } = await (model.forward({
    input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), dims),
    attention_mask: new Tensor('int64', new BigInt64Array(tokens.length).fill(1n), dims),
  }) as Promise<{ logits: Tensor }>);
  const last: unknown = logits.slice(null, -1, null).data;
  if (!(last instanceof Float32Array)) throw new TypeError(`Scores of type ${logits.type}`);
  return last;
}

function ignore(): void {}
