/** Tokenizers of small vocabularies made for the purpose, read by Transformers.js. */
import { PreTrainedTokenizer } from '@huggingface/transformers';
import { expect, test } from 'vitest';
import { textFiles } from '../../../../scripts/models/convert/text-files.mjs';

const shape = {
  layers: 1,
  width: 32,
  feedForward: 32,
  heads: 1,
  keyValueHeads: 1,
  headSize: 32,
  vocabulary: 512,
  contextLength: 64,
  epsilon: 1e-5,
  ropeBase: 10_000,
  isTied: true,
};
const [normal, unknown, control, byte] = [1, 2, 3, 6];

function tokenizerOf(fields: Record<string, unknown>): PreTrainedTokenizer {
  const metadata = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.includes('.') ? name : `tokenizer.ggml.${name}`,
      value,
    ]),
  );
  const files = textFiles(metadata, shape);
  return new PreTrainedTokenizer(files['tokenizer.json'] ?? {}, files['tokenizer_config.json'] ?? {});
}

/** Pieces of words get a score each; what is merged earlier has a higher one. */
function sentencePieces(changes: Record<string, unknown> = {}): PreTrainedTokenizer {
  const pieces = ['▁', 'h', 'e', 'l', 'o', 'll', 'he', '▁he', 'llo', '▁hello', '!'];
  const bytes = Array.from(
    { length: 256 },
    (_, code) => `<0x${code.toString(16).toUpperCase().padStart(2, '0')}>`,
  );
  const tokens = ['<unk>', '<s>', '</s>', ...bytes, ...pieces];
  return tokenizerOf({
    model: 'llama',
    tokens,
    scores: tokens.map((token) => (pieces.includes(token) ? -pieces.indexOf(token) : 0)),
    token_type: tokens.map((_, id) => [unknown, control, control][id] ?? (id < 259 ? byte : normal)),
    bos_token_id: 1,
    eos_token_id: 2,
    unknown_token_id: 0,
    ...changes,
  });
}

test('SentencePiece: scores become merges, a space is put in front, the text begins with its token', () => {
  const tokenizer = sentencePieces();
  expect(tokenizer.tokenize('hello')).toEqual(['▁hello']);
  expect(tokenizer.encode('hello')).toEqual([1, 268]);
  expect(tokenizer.tokenize('lloh hell!')).toEqual(['▁', 'llo', 'h', '▁he', 'll', '!']);
  expect(tokenizer.decode([1, 268, 268], { skip_special_tokens: true })).toBe('hello hello');
});

test('SentencePiece: letters without a token become bytes, and bytes become letters again', () => {
  const tokenizer = sentencePieces({ add_bos_token: false, add_space_prefix: false });
  expect(tokenizer.tokenize('é👋')).toEqual(['<0xC3>', '<0xA9>', '<0xF0>', '<0x9F>', '<0x91>', '<0x8B>']);
  expect(tokenizer.decode(tokenizer.encode('hé!'))).toBe('hé!');
});

test('a token at the end where the file asks for it', () => {
  expect(sentencePieces({ add_eos_token: true }).encode('hello')).toEqual([1, 268, 2]);
});

/** Digits that merge to the left as far as the words let them, letters that do not merge. */
function bytePairs(pre: string | undefined): PreTrainedTokenizer {
  const letters = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const merged = ['12', '123', '1234', '12345', "'L", "'LL"];
  return tokenizerOf({
    model: 'gpt2',
    ...(pre && { pre }),
    tokens: [...letters, 'Ġ', ...merged],
    token_type: [],
    merges: ['1 2', '12 3', '123 4', '1234 5', "' L", "'L L"],
  });
}

test.for([
  ['gpt-2', ['12345', "'", 'L', 'L']],
  ['smollm', ['1', '2', '3', '4', '5', "'", 'L', 'L']],
  ['qwen2', ['1', '2', '3', '4', '5', "'LL"]],
  ['llama-bpe', ['123', '4', '5', "'LL"]],
  ['tekken', ['1', '2', '3', '4', '5', "'LL"]],
  [undefined, ['123', '4', '5', "'", 'L', 'L']],
] as const)('words are cut as %s does', ([pre, pieces]) => {
  expect(bytePairs(pre).tokenize("12345'LL")).toEqual(pieces);
});

test('all tokens that end an answer are named, and several templates stay several', () => {
  const tokens = ['a', '<|im_end|>', '<|endoftext|>', '<|eot_id|>'];
  const files = textFiles(
    {
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.tokens': tokens,
      'tokenizer.ggml.token_type': [normal, control, control, normal],
      'tokenizer.ggml.merges': [],
      'tokenizer.ggml.eos_token_id': 2,
      'tokenizer.chat_template': 'usual',
      'tokenizer.chat_templates': ['tool_use'],
      'tokenizer.chat_template.tool_use': 'with tools',
    },
    shape,
  );
  expect(files['generation_config.json']).toMatchObject({ eos_token_id: [2, 1], pad_token_id: 2 });
  expect(files['tokenizer_config.json']).toMatchObject({
    eos_token: '<|endoftext|>',
    chat_template: [
      { name: 'default', template: 'usual' },
      { name: 'tool_use', template: 'with tools' },
    ],
  });
});
