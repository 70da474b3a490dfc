/** Why an OpenAI-style stream ended without its `finish_reason`, as well as it can be told. */
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';

export interface SeenOfStream {
  /** Events before the end or `[DONE]`. */
  readonly chunks: number;
  readonly isDone: boolean;
}

export function streamCutShort(seen: SeenOfStream, { kind, label }: ServerConnection): BackendError {
  if (seen.chunks === 0) return kind === 'instructlab' ? overflowOfInstructLab() : nothing(label);
  const again = 'Retry asks for the whole answer again.';
  if (seen.isDone) {
    return new BackendError('malformed-stream', `${label} was interrupted in the middle of the answer.`, {
      hint: `Another request may have come in between: some servers then drop the first one. ${again}`,
    });
  }
  return new BackendError('malformed-stream', `${label} broke off before the end of the answer.`, {
    hint: `Its log tells more. ${again}`,
  });
}

/** InstructLab answers a prompt over the window with 200 and a stream without a single event. */
function overflowOfInstructLab(): BackendError {
  return new BackendError(
    'context-overflow',
    'InstructLab ended the answer without a word, as it does when a conversation is longer than the context window.',
    { hint: 'Shorten the conversation, or start the server with a larger --max-ctx-size.' },
  );
}

function nothing(label: string): BackendError {
  return new BackendError('malformed-stream', `${label} ended the answer without sending anything.`, {
    hint: 'Check that this is the kind of server that the settings name; its log tells more.',
  });
}
