/** Results for the calls of an answer: from the tools that may run by themselves, and from the person. */
import { citablePassages } from '../core/citable-passages';
import type { AnswerMessage, StoredMessage, ToolMessage } from '../core/conversation';
import type { DocumentChoice } from '../core/retrieval';
import type { ToolCall } from '../core/tool';
import type { ToolPage } from '../tools/tool-page';
import type { ChatSessionHost } from './chat-session-host';
import { newId } from './new-id';
import { allowedTools } from './offered-tools';

export interface CallsToAnswer {
  readonly answer: AnswerMessage;
  readonly calls: readonly ToolCall[];
  /** What the person wrote, by the id of the call. */
  readonly given: ReadonlyMap<string, string> | undefined;
  /** The message that the results follow. */
  readonly parentId: string;
  readonly position: number;
  /** Up to the last message. */
  readonly branch: readonly StoredMessage[];
  /** Of the conversation or the lane. */
  readonly documents: DocumentChoice;
}

/** One message per call that could be answered, each the parent of the next; the others still wait. */
export async function answerToolCalls(
  { answer, calls, given, parentId, position, branch, documents }: CallsToAnswer,
  host: ChatSessionHost,
  signal: AbortSignal,
): Promise<ToolMessage[]> {
  const messages: ToolMessage[] = [];
  const tools = await allowedTools(host.settings.values);
  const page: ToolPage = {
    ...(host.documents && {
      searchDocuments: async (query) => {
        const { searchByTool } = await import('./answering-from-documents/search-by-tool');
        const before = [...branch, ...messages];
        const from = citablePassages(before, answer.retrieval).length + 1;
        return searchByTool(host, { query, from, answer, branch: before, documents }, signal);
      },
    }),
  };
  for (const call of calls) {
    const text = given?.get(call.id);
    const result =
      text === undefined
        ? await builtInResult(call, tools, page, signal)
        : { text, answeredBy: 'person' as const };
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
  page: ToolPage,
  signal: AbortSignal,
): Promise<Pick<ToolMessage, 'text' | 'answeredBy' | 'durationMs' | 'isFailure' | 'passages'> | undefined> {
  const tool = tools.find(({ name }) => name === call.name);
  if (!tool) return undefined;
  const { runTool } = await import('../tools/run-tool');
  const { text, durationMs, isFailure, passages } = await runTool(tool, call, signal, page);
  return {
    text,
    answeredBy: 'built-in',
    durationMs,
    ...(isFailure && { isFailure }),
    ...(passages && { passages }),
  };
}
