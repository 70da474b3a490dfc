/** A way to run a model that can be measured: raw, or through our layer. */
import type { ChatMessage } from '../../../src/core/chat-message';

/** The answer must have at least `maxTokens` tokens, so that both sides make the same number. */
export interface Question {
  readonly messages: readonly ChatMessage[];
  readonly maxTokens: number;
}

export interface Counts {
  /** Tokens of the prompt that were read and not found in a cache. */
  readonly readTokens: number;
  readonly answerTokens: number;
}

export interface Subject {
  /** Starts a worker and makes the model ready in it. */
  load(): Promise<void>;
  /** Calls `onText` at least for the first piece of the answer. */
  answer(question: Question, onText: () => void): Promise<Counts>;
  unload(): Promise<void>;
}
