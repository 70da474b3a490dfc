/** What people call each setting, and a sentence on what it does. */
import type { ParamName } from '../../core/params';

export const paramLabels: Readonly<Record<ParamName, string>> = {
  temperature: 'Temperature',
  topP: 'Top-p',
  topK: 'Top-k',
  minP: 'Min-p',
  typicalP: 'Typical-p',
  repeatPenalty: 'Repeat penalty',
  frequencyPenalty: 'Frequency penalty',
  presencePenalty: 'Presence penalty',
  seed: 'Seed',
  stop: 'Stop strings',
  maxTokens: 'Longest answer',
  contextLength: 'Context window',
  format: 'JSON output',
  grammar: 'Grammar',
  thinking: 'Thinking',
  topLogprobs: 'Token probabilities',
  keepAlive: 'Keep in memory',
  extra: 'Extra fields',
};

export const paramHints: Readonly<Record<ParamName, string>> = {
  temperature: '0 always takes the most likely token; higher is more varied.',
  topP: 'Draws from the most likely tokens that together reach this probability.',
  topK: 'Draws from this many of the most likely tokens.',
  minP: 'Drops tokens less likely than this share of the likeliest one.',
  typicalP: 'Draws from tokens that are about as surprising as the text so far leads one to expect.',
  repeatPenalty: 'Above 1, tokens already used become less likely.',
  frequencyPenalty: 'Makes a token less likely each time it is used.',
  presencePenalty: 'Makes a token less likely once it was used.',
  seed: 'The same seed, prompt and settings give the same answer where the engine allows it.',
  stop: 'The answer ends before any of these; one per line.',
  maxTokens: 'Tokens after which the answer is cut.',
  contextLength: 'Tokens of prompt and answer together. Changing it loads the model anew.',
  format: 'Makes the model write valid JSON; each answer tells whether it did.',
  grammar: 'Rules that the answer must follow, in llama.cpp’s notation (GBNF).',
  thinking: 'Lets a reasoning model think first. Many know on and off only, some degrees only.',
  topLogprobs: 'Shows how sure the model was of each token, with this many alternatives.',
  extra: 'JSON that is added to the request as it is, for what no setting stands for.',
  keepAlive: 'How long the server keeps the model loaded, for example 5m; 0 unloads at once, -1 never.',
};
