/** A conversation as one plain prompt, for models without a chat template. */
import type { ChatMessage } from '../../core/chat-message';

/** Texts only, a blank line between them: a made-up template would mislead a model that has none. */
export function joinPrompt(messages: readonly ChatMessage[]): string {
  return messages
    .map(({ text }) => text)
    .filter((text) => text !== '')
    .join('\n\n');
}
