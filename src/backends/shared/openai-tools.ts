/** Tools as OpenAI's chat API words them, which all others took over. */
import type { ChatMessage } from '../../core/chat-message';
import type { JsonObject } from '../../core/json';
import type { ToolDefinition } from '../../core/tool';

/** The field `tools`; absent where there are none: some servers refuse an empty list. */
export function toolsField(tools: readonly ToolDefinition[] | undefined): JsonObject {
  if (!tools?.length) return {};
  return {
    tools: tools.map(({ name, description, parameters }) => ({
      type: 'function',
      function: { name, description, parameters },
    })),
  };
}

/** What a message of the history has besides role and content. */
export function toolFields({
  role,
  toolCalls = [],
  toolCallId = '',
  toolName = '',
}: ChatMessage): JsonObject {
  if (role === 'tool') return { tool_call_id: toolCallId, name: toolName };
  if (toolCalls.length === 0) return {};
  return {
    tool_calls: toolCalls.map((call) => ({
      id: call.id,
      type: 'function',
      function: { name: call.name, arguments: call.arguments },
    })),
  };
}
