/**
 * Notices that a server read less than it was sent and did not say so: Ollama drops the oldest messages of a
 * conversation that is longer than its window, and answers as if nothing had happened.
 */
import { tokensOf } from './estimate-tokens';

/** The same conversation one answer earlier, put to the same model. */
export interface EarlierPrompt {
  /** As the server reported it; what a cut prompt should have had, where that one was cut as well. */
  readonly tokens: number;
  readonly characters: number;
  /** Of the answer that followed. */
  readonly answerCharacters: number;
  /** Least number of tokens of the answer that followed, thoughts excluded. */
  readonly answerTokens: number;
}

export interface SentPrompt {
  /** All tokens of the prompt as the server reports them; absent where it does not (older Ollama, cached prompts). */
  readonly tokens: number | undefined;
  /** Of everything that was sent. */
  readonly characters: number;
  /** Tokens; absent where nobody tells. */
  readonly window: number | undefined;
  /** Absent for a first question, and where the model or anything before the last answer changed. */
  readonly earlier: EarlierPrompt | undefined;
}

export interface SilentCut {
  /** What the server read, in tokens. */
  readonly read: number;
  /** What it should have read, in tokens; an estimate. */
  readonly sent: number;
  /** Tokens; absent where nobody tells. */
  readonly window?: number;
}

/** Usual text has about four characters per token, and no language or code has more than eight. */
const mostCharacters = 8;
/** A chat template adds some tokens to each message. */
const templateTokens = 64;

/**
 * Tells a cut by what cannot be otherwise: the prompt fills the window to the last token; or it must have been
 * longer than the window by what the earlier answer reported; or it shrank though the conversation grew.
 * Stays silent in doubt: a cut of few tokens may go unnoticed.
 */
export function findSilentCut(prompt: SentPrompt): SilentCut | undefined {
  const { tokens: read, window } = prompt;
  if (read === undefined || read === 0) return undefined;
  const isCut = window === undefined ? hasShrunk(prompt, read) : isLongerThan(window, prompt, read);
  if (!isCut) return undefined;
  const sent = Math.max(read + 1, expected(prompt));
  return { read, sent, ...(window !== undefined && { window }) };
}

function isLongerThan(window: number, prompt: SentPrompt, read: number): boolean {
  const { earlier, characters } = prompt;
  if (read > window) return false;
  if (read >= window - 1) return true;
  if (earlier && atLeast(prompt, earlier) > window) return true;
  const isTooLong = tokensOf(characters) > window && characters / mostCharacters > read;
  return isTooLong && !mayBeRemainder(prompt, read);
}

function hasShrunk(prompt: SentPrompt, read: number): boolean {
  return prompt.earlier !== undefined && read < prompt.earlier.tokens && !mayBeRemainder(prompt, read);
}

/** Some servers count only what they did not have in their cache: the last answer and the new question. */
function mayBeRemainder({ earlier, characters }: SentPrompt, read: number): boolean {
  return earlier !== undefined && read <= characters - earlier.characters + templateTokens;
}

function atLeast({ characters }: SentPrompt, earlier: EarlierPrompt): number {
  const { tokens, answerTokens, answerCharacters } = earlier;
  const asked = characters - earlier.characters - answerCharacters;
  return tokens + Math.max(answerTokens, answerCharacters / mostCharacters) + asked / mostCharacters;
}

function expected({ characters, earlier }: SentPrompt): number {
  if (!earlier) return tokensOf(characters);
  const { tokens, answerTokens, answerCharacters } = earlier;
  const asked = characters - earlier.characters - answerCharacters;
  return tokens + (answerTokens || tokensOf(answerCharacters)) + tokensOf(asked);
}
