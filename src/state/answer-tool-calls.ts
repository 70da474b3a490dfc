/** Results for the calls of an answer: from the tools that may run by themselves, and from the person. */
import type { AnswerMessage, ToolMessage } from '../core/conversation';
import type { ToolCall } from '../core/tool';
import { newId } from './new-id';
import { allowedTools } from './offered-tools';
import type { SettingValues } from './setting-values';

export interface CallsToAnswer {
  readonly answer: AnswerMessage;
  readonly calls: readonly ToolCall[];
  /** What the person wrote, by the id of the call. */
  readonly given: ReadonlyMap<string, string> | undefined;
  /** The message that the results follow. */
  readonly parentId: string;
  readonly position: number;
}

/** One message per call that could be answered, each the parent of the next; the others still wait. */
export async function answerToolCalls(
  { answer, calls, given, parentId, position }: CallsToAnswer,
  settings: Pick<SettingValues, 'builtInTools'>,
  signal: AbortSignal,
): Promise<ToolMessage[]> {
  const messages: ToolMessage[] = [];
  const tools = await allowedTools(settings);
  for (const call of calls) {
    const text = given?.get(call.id);
    const result =
      text === undefined ? await builtInResult(call, tools, signal) : { text, answeredBy: 'person' as const };
    if (!result) continue;
    messages.push({
      id: newId(),
      conversationId: answer.conversationId,
      parentId: messages.at(-1)?.id ?? parentId,
      position: position + messages.length,
      createdAt: Date.now(),
      role: 'tool',
      toolCallId: call.id,
      toolName: call.name,
      ...result,
    });
  }
  return messages;
}

async function builtInResult(
  call: ToolCall,
  tools: Awaited<ReturnType<typeof allowedTools>>,
  signal: AbortSignal,
): Promise<Pick<ToolMessage, 'text' | 'answeredBy' | 'durationMs' | 'isFailure'> | undefined> {
  const tool = tools.find(({ name }) => name === call.name);
  if (!tool) return undefined;
  const { runTool } = await import('../tools/run-tool');
  const { text, durationMs, isFailure } = await runTool(tool, call, signal);
  return { text, answeredBy: 'built-in', durationMs, ...(isFailure && { isFailure }) };
}
