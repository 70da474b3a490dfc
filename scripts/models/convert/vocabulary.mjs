/** The tokens of a GGUF and what each is for, checked. */
import { Problem } from '../../shared/problem.mjs';

/** `llama_token_type`. */
const [unknown, control, userDefined] = [2, 3, 4];

/** Tokens that end an answer although the file names only one: llama.cpp ends at each of these as well. */
const endings = new Set([
  '<|eot_id|>',
  '<|im_end|>',
  '<|end|>',
  '<end_of_turn>',
  '<|endoftext|>',
  '<|eom_id|>',
  '<|end_of_text|>',
  '</s>',
]);

/**
 * @typedef {object} Vocabulary
 * @property {'gpt2' | 'llama'} model
 * @property {readonly string[]} tokens by id
 * @property {readonly { id: number, content: string, isSpecial: boolean }[]} added found in a text before anything else
 * @property {(id: number) => boolean} isNormal
 * @property {number | undefined} bos
 * @property {number | undefined} eos
 * @property {number | undefined} unknown
 * @property {number | undefined} padding
 * @property {readonly number[]} endings ids that end an answer
 */

/**
 * @param {Readonly<Record<string, unknown>>} metadata
 * @returns {Vocabulary}
 * @throws {Problem} where there is no tokenizer, or one of another kind
 */
export function readVocabulary(metadata) {
  const model = metadata['tokenizer.ggml.model'];
  const tokens = metadata['tokenizer.ggml.tokens'];
  if (model === undefined || !isStrings(tokens)) {
    throw new Problem(
      'The file has no tokenizer, so no text could be given to the model. Choose another file.',
    );
  }
  if (model !== 'gpt2' && model !== 'llama') {
    throw new Problem(`The tokenizer is of the kind ${String(model)}; only gpt2 and llama can be converted.`);
  }
  const given = metadata['tokenizer.ggml.token_type'];
  /** @type {readonly unknown[]} */
  const types = Array.isArray(given) ? given : [];
  /** @param {string} name @returns {number | undefined} */
  const id = (name) => {
    const value = metadata[`tokenizer.ggml.${name}_token_id`];
    return typeof value === 'number' && value < tokens.length ? value : undefined;
  };
  const eos = id('eos');
  const named = tokens.flatMap((token, at) => (types[at] === control && endings.has(token) ? [at] : []));
  const ends = [eos, id('eot'), id('eom'), ...named].filter((end) => end !== undefined);
  return {
    model,
    tokens,
    added: tokens.flatMap((content, at) => {
      const type = types[at];
      const isAdded = type === control || type === userDefined || (type === unknown && model === 'llama');
      return isAdded ? [{ id: at, content, isSpecial: type !== userDefined }] : [];
    }),
    isNormal: (at) => (types[at] ?? 1) === 1,
    bos: id('bos'),
    eos,
    unknown: id('unknown'),
    padding: id('padding'),
    endings: [...new Set(ends)],
  };
}

/** @param {unknown} value @returns {value is readonly string[]} */
export function isStrings(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
