/** The search before an answer, as part of its life: what it shows meanwhile, and what is kept of it. */
import type { ChatRequest } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { AnswerMessage, StoredMessage } from '../../core/conversation';
import type { DocumentSearch } from '../../core/retrieval';
import type { ToolDefinition } from '../../core/tool';
import type { ChatSessionHost } from '../chat-session-host';
import { isPlainModel } from '../is-plain-model';
import type { Reply } from '../reply.svelte';
import { searchForAnswer } from './search-for-answer';

export interface SearchedRun {
  readonly answer: AnswerMessage;
  readonly request: Pick<ChatRequest, 'messages' | 'modelId' | 'params'>;
  /** Up to what is answered. */
  readonly branch: readonly StoredMessage[];
  readonly search: DocumentSearch;
  readonly tools: readonly ToolDefinition[];
  readonly signal: AbortSignal;
}

/** @throws BackendError where nothing could be searched; the signal's reason once it is aborted */
export async function searchFirst(host: ChatSessionHost, run: SearchedRun, reply: Reply): Promise<void> {
  const { backends, documents, settings, store, notices } = host;
  const { answer, request, branch, search, tools, signal } = run;
  if (!documents) throw new BackendError('internal', 'There are no documents here to answer from.');
  const choice = { backendId: answer.backendId, modelId: request.modelId };
  const { params: table } = await backends.backend(answer.backendId);
  const { contextLength } = reply.toMessage();
  reply.retrieval = await searchForAnswer(
    { backends, documents },
    {
      search,
      choice,
      window: contextLength,
      params: request.params,
      table,
      tools,
      isPlain: isPlainModel(settings, choice),
      messages: request.messages,
      branch,
    },
    (step) => (reply.searchStep = step),
    signal,
  );
  // A page that is loaded again meanwhile finds what the answer was given from.
  store.note({ ...answer, retrieval: reply.retrieval }).catch((thrown: unknown) => notices.failed(thrown));
}
