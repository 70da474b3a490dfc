/**
 * Holds back text that may turn out to be the beginning of a stop string. WebLLM takes a stop string out of the
 * answer when it is complete, but by then its first tokens have been handed out.
 */
import { heldLength } from '../shared/held-length';

export interface StopGuard {
  /** What may be shown of the text so far. */
  push(text: string): string;
  /** What is left of the whole answer, which ends before the stop string if there was one. */
  finish(whole: string): string;
}

export function createStopGuard(stops: readonly string[]): StopGuard {
  let received = '';
  let shown = 0;

  return {
    push(text) {
      received += text;
      const end = received.length - heldLength(received, stops);
      const piece = received.slice(shown, Math.max(shown, end));
      shown += piece.length;
      return piece;
    },
    finish(whole) {
      return whole.slice(shown);
    },
  };
}
