/** The row of an answer that is about to be asked for. */
import { isRelayed } from '../core/connection';
import type { AnswerMessage } from '../core/conversation';
import { randomHex } from '../platform/random-hex';
import { answerBeginning } from './answer-beginning';
import { type BackendEntry, modelLabel } from './backend-entry';
import { newId } from './new-id';

export interface AnswerSource {
  readonly entry: BackendEntry;
  readonly modelId: string;
  readonly systemPrompt: AnswerMessage['systemPrompt'];
  /** The answer that is continued. */
  readonly earlier: AnswerMessage | undefined;
  readonly provenance: AnswerMessage['provenance'];
  /** The answer that is asked for again. */
  readonly replayOf: string | undefined;
  /** Passages of an earlier answer that are sent once more. */
  readonly retrieval: AnswerMessage['retrieval'];
}

export function newAnswer(
  place: Pick<AnswerMessage, 'conversationId' | 'parentId' | 'position'>,
  { entry, modelId, systemPrompt, earlier, provenance, replayOf, retrieval }: AnswerSource,
): AnswerMessage {
  return {
    ...place,
    id: newId(),
    createdAt: Date.now(),
    role: 'assistant',
    state: 'waiting',
    ...answerBeginning(earlier),
    backendId: entry.connection.id,
    backendLabel: entry.connection.label,
    modelId,
    modelLabel: modelLabel(entry, modelId),
    ...(isRelayed(entry.connection) && { relayAnswerId: randomHex(16) }),
    ...(systemPrompt && { systemPrompt }),
    ...(provenance && { provenance }),
    ...(replayOf !== undefined && { replayOf }),
    ...(retrieval && { retrieval }),
  };
}
