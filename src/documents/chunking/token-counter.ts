/** Counts tokens with a model's own tokenizer, in the worker that cuts the texts: no model has to be loaded for it. */
import { estimateTokens } from '../../core/estimate-tokens';

type CountTokens = (text: string) => number;

export interface TokenizerFile {
  /** Of its model, so that it is read once and not for every text. */
  readonly id: string;
  /** The model's `tokenizer.json`. */
  readonly file: Blob;
}

let kept: { readonly id: string; readonly count: Promise<CountTokens> } | undefined;

/** Special tokens that a model gets around a text are not counted. Without a file that can be read, it is an estimate. */
export async function tokenCounter(tokenizer: TokenizerFile | undefined): Promise<CountTokens> {
  if (!tokenizer) return estimateTokens;
  if (kept?.id !== tokenizer.id) kept = { id: tokenizer.id, count: readTokenizer(tokenizer.file) };
  try {
    return await kept.count;
  } catch {
    // Its code may have failed to load, and loads for the next text.
    kept = undefined;
    return estimateTokens;
  }
}

async function readTokenizer(file: Blob): Promise<CountTokens> {
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(JSON.parse(await file.text()) as object, {});
  return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
}
