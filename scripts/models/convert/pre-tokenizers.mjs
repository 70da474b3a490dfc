/** How a text is cut into words before the byte pairs of each word are merged, by the names that llama.cpp uses. */

/** The expressions are those of llama.cpp's `llama-vocab.cpp`, each applied to the pieces that the one before left. */
const gpt2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)`;
// Without inline flags: not every reader of tokenizer.json knows them.
const contractions = String.raw`(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])`;
const rest = String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const words = String.raw`${contractions}|[^\r\n\p{L}\p{N}]?\p{L}+`;
const llama3 = String.raw`${words}|\p{N}{1,3}|${rest}`;
const qwen2 = String.raw`${words}|\p{N}|${rest}`;
const upper = String.raw`\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}`;
const lower = String.raw`\p{Ll}\p{Lm}\p{Lo}\p{M}`;
const tekken = String.raw`[^\r\n\p{L}\p{N}]?[${upper}]*[${lower}]+|[^\r\n\p{L}\p{N}]?[${upper}]+[${lower}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/**
 * @typedef {object} PreTokenizer
 * @property {readonly string[]} expressions
 * @property {boolean} [wholeWords] a word that is a token is taken whole, without asking the merges
 * @property {boolean} [startsWithBos] where the file does not say so itself
 */

/** @type {Readonly<Record<string, PreTokenizer>>} */
export const preTokenizers = {
  default: {
    expressions: [String.raw`[\p{P}\$\+<=>\^~\|]+`, gpt2, String.raw`\p{N}+`, String.raw`[0-9][0-9][0-9]`],
  },
  'gpt-2': { expressions: [gpt2] },
  smollm: { expressions: [String.raw`\p{N}`, gpt2] },
  qwen2: { expressions: [qwen2] },
  'llama-bpe': { expressions: [llama3], wholeWords: true, startsWithBos: true },
  llama3: { expressions: [llama3], wholeWords: true, startsWithBos: true },
  'llama-v3': { expressions: [llama3], wholeWords: true, startsWithBos: true },
  'smaug-bpe': { expressions: [llama3] },
  'deepseek-r1-qwen': { expressions: [qwen2] },
  tekken: { expressions: [tekken], wholeWords: true, startsWithBos: true },
};
