/** What an answer hands on to what stands below it. */
import type { Snippet } from 'svelte';
import type { AnswerMessage } from '../../core/conversation';
import type { JsonValue } from '../../core/json';
import type { ChatSession } from '../../state/chat-session.svelte';
import type { SmallerStep } from '../../state/smaller-steps';

export interface AnswerEndProps {
  message: AnswerMessage;
  /** The conversation that it stands in. */
  session: ChatSession;
  variants: readonly { readonly id: string }[];
  /** The form of JSON that was asked for; absent where none was. */
  asked: JsonValue | undefined;
  canRetry: boolean;
  onRetry: () => void;
  onContinue: () => void;
  /** What may help where memory was not enough. */
  smallerSteps: readonly SmallerStep[];
  onRetrySmaller: (step: SmallerStep) => void;
  onShow: (variantIndex: number) => void;
  /** Stands below a failure: what helps to find its cause. */
  children: Snippet;
}
