/** The manifest of an answer that is kept: what its model was sent is put together again from the rows. */
import { runManifestOf } from '../compare/manifest/run-manifest-of';
import { type AnswerMessage, branchTo, type StoredMessage } from '../core/conversation';
import type { RunManifest } from '../core/run-manifest';
import { withPrompt } from './answering-from-documents/with-prompt';
import { toChatMessages } from './to-chat-messages';

/** @param messages of its conversation, of all branches */
export function answerManifest(messages: readonly StoredMessage[], answer: AnswerMessage): RunManifest {
  const { continuedFrom, parentId, systemPrompt, retrieval } = answer;
  const branch = branchTo(messages, continuedFrom?.messageId ?? parentId ?? undefined);
  return runManifestOf(answer, withPrompt(toChatMessages(branch, systemPrompt?.text), retrieval));
}
