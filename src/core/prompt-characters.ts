/** How much text a prompt holds, counted so that it can be compared with the tokens that a server reports. */
import type { ChatRequest } from './backend';
import type { ChatMessage } from './chat-message';

/** Tokenizers have long tokens for rows of spaces, dashes and the like, so such a row counts as four. */
const row = /(.)\1{4,}/gs;

/** Characters of all texts, calls and tools; images have no size that anybody could know beforehand. */
export function promptCharacters({ messages, tools = [] }: Pick<ChatRequest, 'messages' | 'tools'>): number {
  const described = tools.length > 0 ? JSON.stringify(tools).length : 0;
  return messages.reduce((sum, message) => sum + charactersOf(message), described);
}

function charactersOf({ text, toolCalls = [] }: ChatMessage): number {
  const calls = toolCalls.length > 0 ? JSON.stringify(toolCalls).length : 0;
  return text.replace(row, '$1$1$1$1').length + calls;
}
