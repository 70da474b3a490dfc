/**
 * Takes up answers that a closed, reloaded or crashed tab left running: the relay may still work on them. The others
 * are finished with the text of their checkpoint.
 */
import type { AnswerMessage } from '../core/conversation';
import type { ConversationStore } from '../storage/conversation-store';
import { isOwnedByATab } from './answer-lock';
import type { ArrivedText } from './reply.svelte';

/** @param resume called for the newest answer that came through the relay */
export async function recoverAnswers(
  store: ConversationStore,
  conversationId: string,
  resume: (answer: AnswerMessage, held: ArrivedText) => void,
): Promise<void> {
  const left: { answer: AnswerMessage; held: ArrivedText }[] = [];
  for (const answer of await store.runningAnswers(conversationId)) {
    if (await isOwnedByATab(answer.id)) continue;
    // Without a checkpoint nothing new had arrived; a continued answer still has its beginning.
    left.push({ answer, held: (await store.readCheckpoint(answer.id)) ?? answer });
  }
  const resumed = left.findLast(({ answer }) => answer.relayAnswerId !== undefined);
  for (const one of left) {
    if (one === resumed) resume(one.answer, one.held);
    else await store.finish(abandoned(one.answer, one.held));
  }
}

function abandoned(answer: AnswerMessage, { text, reasoning }: ArrivedText): AnswerMessage {
  return {
    ...answer,
    relayAnswerId: undefined,
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
