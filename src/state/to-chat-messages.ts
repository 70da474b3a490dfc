/** What the model gets to read of a branch. */
import type { ChatMessage } from '../core/chat-message';
import type { AnswerMessage, StoredMessage } from '../core/conversation';
import { resultsOf } from '../core/tool-round';

/** No reasoning, nothing empty, the system prompt first. A call without a result is left out: servers refuse one. */
export function toChatMessages(
  branch: readonly StoredMessage[],
  systemPrompt: string | undefined,
): ChatMessage[] {
  const system: ChatMessage[] = systemPrompt === undefined ? [] : [{ role: 'system', text: systemPrompt }];
  return [
    ...system,
    ...branch.flatMap((message): ChatMessage[] => {
      if (message.role === 'user') return [{ role: 'user', text: message.text, images: message.images }];
      return message.role === 'assistant' ? answerWithResults(branch, message) : [];
    }),
  ];
}

/** Results in the order of the calls: some templates know a result by its place only. */
function answerWithResults(branch: readonly StoredMessage[], answer: AnswerMessage): ChatMessage[] {
  const results = resultsOf(branch, answer);
  const answered = (answer.toolCalls ?? []).flatMap((call) => {
    const result = results.find(({ toolCallId }) => toolCallId === call.id);
    return result ? [{ call, result }] : [];
  });
  if (answer.text === '' && answered.length === 0) return [];
  return [
    {
      role: 'assistant',
      text: answer.text,
      ...(answered.length > 0 && { toolCalls: answered.map(({ call }) => call) }),
    },
    ...answered.map(({ call, result }): ChatMessage => {
      return { role: 'tool', text: result.text, toolCallId: call.id, toolName: call.name };
    }),
  ];
}
