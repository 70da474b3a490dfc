/** The tokenizer of a GGUF as `tokenizer.json`, the format of the library "tokenizers". */
import { Problem } from '../../shared/problem.mjs';
import { addedToken } from './added-token.mjs';
import { mergesFromScores } from './merges-from-scores.mjs';
import { preTokenizers } from './pre-tokenizers.mjs';
import { isStrings } from './vocabulary.mjs';

/**
 * @param {Readonly<Record<string, unknown>>} metadata
 * @param {import('./vocabulary.mjs').Vocabulary} vocabulary
 * @returns {object}
 * @throws {Problem} where a part of it is missing or unknown
 */
export function tokenizerJson(metadata, vocabulary) {
  const { model, startsWithBos, ...steps } =
    vocabulary.model === 'gpt2' ? bytePairs(metadata, vocabulary) : sentencePieces(metadata, vocabulary);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: vocabulary.added.map(addedToken),
    ...steps,
    post_processor: postProcessor(vocabulary, {
      bos: metadata['tokenizer.ggml.add_bos_token'] ?? startsWithBos,
      eos: metadata['tokenizer.ggml.add_eos_token'] ?? false,
    }),
    model: {
      type: 'BPE',
      dropout: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      vocab: Object.fromEntries(vocabulary.tokens.map((token, id) => [token, id])),
      ...model,
    },
  };
}

/** @param {Readonly<Record<string, unknown>>} metadata @param {import('./vocabulary.mjs').Vocabulary} vocabulary */
function bytePairs(metadata, vocabulary) {
  const merges = metadata['tokenizer.ggml.merges'];
  if (!isStrings(merges)) {
    throw new Problem(
      'The tokenizer has no merges, so no text could be given to the model. Choose another file.',
    );
  }
  const name = String(metadata['tokenizer.ggml.pre'] ?? 'default');
  const preTokenizer = preTokenizers[name];
  if (!preTokenizer) {
    const known = Object.keys(preTokenizers).join(', ');
    throw new Problem(`How this tokenizer cuts words (${name}) is not known here; known are ${known}.`);
  }
  const bytes = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
  const splits = preTokenizer.expressions.map((expression) => ({
    type: 'Split',
    pattern: { Regex: expression },
    behavior: 'Isolated',
    invert: false,
  }));
  return {
    startsWithBos: preTokenizer.startsWithBos ?? false,
    normalizer: null,
    pre_tokenizer: { type: 'Sequence', pretokenizers: [...splits, bytes] },
    decoder: bytes,
    model: {
      unk_token: nameOf(vocabulary, vocabulary.unknown) ?? null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: preTokenizer.wholeWords ?? false,
      merges: merges.map(pairOf),
    },
  };
}

/** The two parts of a merge are divided by its only space that is not part of a token. @param {string} merge */
function pairOf(merge) {
  const space = merge.indexOf(' ', 1);
  return [merge.slice(0, space), merge.slice(space + 1)];
}

/** @param {Readonly<Record<string, unknown>>} metadata @param {import('./vocabulary.mjs').Vocabulary} vocabulary */
function sentencePieces(metadata, vocabulary) {
  const scores = metadata['tokenizer.ggml.scores'];
  if (!Array.isArray(scores) || scores.length !== vocabulary.tokens.length) {
    throw new Problem(
      'The tokenizer has no scores, so no text could be given to the model. Choose another file.',
    );
  }
  const hasPrefix = metadata['tokenizer.ggml.add_space_prefix'] ?? true;
  const toMarks = { type: 'Replace', pattern: { String: ' ' }, content: '▁' };
  const toSpaces = { type: 'Replace', pattern: { String: '▁' }, content: ' ' };
  return {
    startsWithBos: true,
    normalizer: {
      type: 'Sequence',
      normalizers: [...(hasPrefix ? [{ type: 'Prepend', prepend: '▁' }] : []), toMarks],
    },
    pre_tokenizer: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        toSpaces,
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        ...(hasPrefix ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
      ],
    },
    model: {
      unk_token: nameOf(vocabulary, vocabulary.unknown) ?? null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      merges: mergesFromScores(vocabulary, scores.map(Number)),
    },
  };
}

/** Puts the tokens around a text that the model expects there. @param {import('./vocabulary.mjs').Vocabulary} vocabulary @param {{ bos: unknown, eos: unknown }} wanted */
function postProcessor(vocabulary, { bos, eos }) {
  const first = bos ? vocabulary.bos : undefined;
  const last = eos ? vocabulary.eos : undefined;
  const used = [first, last].filter((id) => id !== undefined);
  if (used.length === 0) return null;
  /** @param {number | undefined} id @param {number} type_id */
  const token = (id, type_id) =>
    id === undefined ? [] : [{ SpecialToken: { id: nameOf(vocabulary, id), type_id } }];
  const [a, b] = [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }];
  const single = [...token(first, 0), a, ...token(last, 0)];
  return {
    type: 'TemplateProcessing',
    single,
    pair: [...single, ...token(first, 1), b, ...token(last, 1)],
    special_tokens: Object.fromEntries(
      used.map((id) => {
        const name = nameOf(vocabulary, id);
        return [name, { id: name, ids: [id], tokens: [name] }];
      }),
    ),
  };
}

/** @param {import('./vocabulary.mjs').Vocabulary} vocabulary @param {number | undefined} id */
function nameOf({ tokens }, id) {
  return id === undefined ? undefined : tokens[id];
}
