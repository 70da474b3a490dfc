/** A chat request in the words of llama.cpp's server, which wllama carries inside. */
import type { ChatRequest } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { JsonObject } from '../../core/json';
import { mapParams, type Params, type ParamWarning } from '../../core/params';
import { joinPrompt } from '../shared/join-prompt';
import { withLogprobs } from '../shared/token-probabilities';
import { wllamaParams } from './params';

export interface CompletionBody {
  readonly body: JsonObject;
  readonly isChat: boolean;
  readonly warnings: readonly ParamWarning[];
}

/** @param chatTemplate null where the model has none; it then continues the text. @throws BackendError `bad-request` */
export function completionBody(request: ChatRequest, chatTemplate: string | null): CompletionBody {
  if (request.messages.some((message) => message.images?.length)) throw cannotSee();
  const isChat = request.promptFormat !== 'plain' && chatTemplate !== null;
  const thinking = fitThinking(request.params, isChat ? chatTemplate : null);
  // The context window was settled by the load.
  const { body, warnings } = mapParams({ ...thinking.params, contextLength: undefined }, wllamaParams);
  const prompt: JsonObject = isChat
    ? { messages: request.messages.map(({ role, text }) => ({ role, content: text })) }
    : { prompt: joinPrompt(request.messages) };
  return {
    body: { ...withLogprobs(body), ...prompt, stream: true, stream_options: { include_usage: true } },
    isChat,
    warnings: [...warnings, ...thinking.warnings],
  };
}

/** Templates know `enable_thinking` or know nothing of it, and none of them knows a degree. */
function fitThinking(
  params: Params,
  chatTemplate: string | null,
): { params: Params; warnings: readonly ParamWarning[] } {
  const requested = params.thinking;
  if (requested === undefined) return { params, warnings: [] };
  if (!chatTemplate?.includes('enable_thinking')) {
    const warning = { param: 'thinking', reason: 'unsupported', requested } as const;
    return { params: { ...params, thinking: undefined }, warnings: [warning] };
  }
  if (typeof requested === 'boolean') return { params, warnings: [] };
  return { params, warnings: [{ param: 'thinking', reason: 'clamped', requested, sent: true }] };
}

function cannotSee(): BackendError {
  return new BackendError('bad-request', 'The model in this page cannot read images.', {
    hint: 'Remove the image, or choose a model on a server that can see.',
  });
}
