/** A tokenizer with just enough entries to read any plain text, in the format of the library `tokenizers`. */

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789.,;:!?\'"()-'];
const marks = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const spelled = [...marks, ...letters, ...letters.map((letter) => `##${letter}`)];

/** The rest of the vocabulary are made words, which only an answer can contain. @param {number} vocabulary its size */
export function madeTokenizer(vocabulary) {
  const words = Array.from({ length: vocabulary - spelled.length }, (_, index) => `word${index}`);
  const mark = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
  return {
    version: '1.0',
    added_tokens: marks.map((content, id) => ({ id, content, ...mark })),
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries([...spelled, ...words].map((token, id) => [token, id])),
    },
  };
}
