/**
 * Takes up answers that a closed, reloaded or crashed tab left running: the relay may still work on them. The others
 * are finished with the text of their checkpoint.
 */
import type { AnswerMessage } from '../core/conversation';
import type { ConversationStore } from '../storage/conversation-store';
import { ifUnowned } from './answer-lock';
import type { ArrivedText, Held } from './reply.svelte';

/**
 * Each answer is taken up by one tab, however many are opened at once.
 * @param resume called for the newest answer that came through the relay; resolves once it is kept
 */
export async function recoverAnswers(
  store: ConversationStore,
  conversationId: string,
  resume: (answer: AnswerMessage, held: Held) => Promise<void>,
): Promise<void> {
  const left = await store.runningAnswers(conversationId);
  const resumed = left.findLast(({ relayAnswerId }) => relayAnswerId !== undefined);
  await Promise.all(
    left.map((answer) =>
      ifUnowned(answer.id, async () => {
        // Another tab may have finished it since.
        const running = await store.runningAnswers(conversationId);
        if (!running.some(({ id }) => id === answer.id)) return;
        // Without a checkpoint nothing new had arrived; a continued answer still has its beginning.
        const { text, reasoning, times } = {
          times: undefined,
          ...((await store.readCheckpoint(answer.id)) ?? answer),
        };
        const held: Held = { text, reasoning, ...(times && { times }) };
        await (answer === resumed ? resume(answer, held) : store.finish(abandoned(answer, held)));
      }),
    ),
  );
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
