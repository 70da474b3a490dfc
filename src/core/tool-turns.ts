/** Tool calls and their results as plain turns, for models that are told of no tools: what was found out stays known. */
import type { ChatRequest } from './backend';
import type { ChatMessage } from './chat-message';

export function withoutTools({ tools: _, ...request }: ChatRequest): ChatRequest {
  return { ...request, messages: plainTurns(request.messages) };
}

/**
 * A call becomes what the assistant said, results become one message of the user: every template takes that,
 * and roles still alternate.
 */
function plainTurns(messages: readonly ChatMessage[]): ChatMessage[] {
  const turns: ChatMessage[] = [];
  messages.forEach((message, index) => {
    const { role, text, toolCalls = [], toolName = '' } = message;
    const last = turns.at(-1);
    if (role === 'tool') {
      const result = `Result of ${toolName}: ${text}`;
      if (last && messages[index - 1]?.role === 'tool') {
        turns[turns.length - 1] = { ...last, text: `${last.text}\n${result}` };
      } else turns.push({ role: 'user', text: result });
    } else if (toolCalls.length > 0) {
      const calls = toolCalls.map(({ name, arguments: given }) => `${name}(${given})`);
      turns.push({ role, text: [text, ...calls].filter((part) => part !== '').join('\n') });
    } else turns.push(message);
  });
  return turns;
}
