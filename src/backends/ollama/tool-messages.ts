/** Tool calls in Ollama's own form: arguments are an object, a result names its tool (PROTOCOLS A). */
import type { ToolCallEvent } from '../../core/chat-event';
import type { ChatMessage } from '../../core/chat-message';
import type { JsonObject } from '../../core/json';
import { madeUpCallId } from '../shared/merge-tool-calls';
import type { AnswerLine } from './wire';

type SaidCall = NonNullable<NonNullable<AnswerLine['message']>['tool_calls']>[number];

/** @param position of the call within the answer: servers before 0.13 give no id */
export function toolCallEvent({ id, function: called }: SaidCall, position: number): ToolCallEvent {
  return {
    type: 'tool-call',
    id: id || madeUpCallId(position),
    name: called.name,
    arguments: JSON.stringify(called.arguments ?? {}),
  };
}

/** What a message of the history has besides role and content. */
export function toolFields({
  role,
  toolCalls = [],
  toolCallId = '',
  toolName = '',
}: ChatMessage): JsonObject {
  if (role === 'tool') return { tool_name: toolName, tool_call_id: toolCallId };
  if (toolCalls.length === 0) return {};
  return {
    tool_calls: toolCalls.map((call) => ({
      id: call.id,
      function: { name: call.name, arguments: asObject(call.arguments) },
    })),
  };
}

/** Anything but an object is refused with 400; what another model wrote instead is kept under a name. */
function asObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Not even JSON.
  }
  return { arguments: text };
}
