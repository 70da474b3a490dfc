/** Finishes answers that a closed, reloaded or crashed tab left running: their text comes from the checkpoint. */
import type { AnswerMessage } from '../core/conversation';
import type { ConversationStore } from '../storage/conversation-store';
import { isOwnedByATab } from './answer-lock';

export async function recoverAnswers(store: ConversationStore, conversationId: string): Promise<void> {
  for (const answer of await store.runningAnswers(conversationId)) {
    if (await isOwnedByATab(answer.id)) continue;
    const checkpoint = await store.readCheckpoint(answer.id);
    await store.finish(abandoned(answer, checkpoint));
  }
}

function abandoned(
  answer: AnswerMessage,
  // Without a checkpoint nothing new had arrived; a continued answer still has its beginning.
  { text, reasoning }: Pick<AnswerMessage, 'text' | 'reasoning'> = answer,
): AnswerMessage {
  return {
    ...answer,
    text,
    reasoning,
    state: 'incomplete',
    error: {
      code: 'malformed-stream',
      message: 'The page was closed or reloaded while this answer was being written.',
      detail: { hint: 'Continue goes on where it stopped; Retry asks for the whole answer again.' },
    },
  };
}
