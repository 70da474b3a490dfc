/** A chat request in the words of llama.cpp's server, which wllama carries inside. */
import type { ChatRequest } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { JsonObject } from '../../core/json';
import { mapParams } from '../../core/map-params';
import type { ParamEffect } from '../../core/param-effect';
import { withoutTools } from '../../core/tool-turns';
import { fitThinking } from '../shared/fit-thinking';
import { joinPrompt } from '../shared/join-prompt';
import { toolFields, toolsField } from '../shared/openai-tools';
import { withLogprobs } from '../shared/token-probabilities';
import { wllamaParams, wllamaPlainParams } from './params';

export interface CompletionBody {
  readonly body: JsonObject;
  readonly isChat: boolean;
  readonly effects: readonly ParamEffect[];
  /** The model's template has no place for the tools, so they are not sent. */
  readonly ignoresTools: boolean;
}

/** @param chatTemplate null where the model has none; it then continues the text. @throws BackendError `bad-request` */
export function completionBody(asked: ChatRequest, chatTemplate: string | null): CompletionBody {
  const takesTools = asked.promptFormat !== 'plain' && /\btools\b/.test(chatTemplate ?? '');
  const request = takesTools ? asked : withoutTools(asked);
  if (request.messages.some((message) => message.images?.length)) throw cannotSee();
  const isChat = request.promptFormat !== 'plain' && chatTemplate !== null;
  const fitted = fitThinking(
    request.params.thinking,
    isChat ? chatTemplate : undefined,
    'chat_template_kwargs.enable_thinking',
  );
  // The context window was settled by the load.
  const { body, effects } = mapParams(
    { ...request.params, thinking: fitted.thinking },
    isChat ? wllamaParams : wllamaPlainParams,
    ['contextLength'],
  );
  const prompt: JsonObject = isChat
    ? {
        messages: request.messages.map((message) => ({
          role: message.role,
          content: message.text,
          ...toolFields(message),
        })),
        ...toolsField(request.tools),
        ...(request.continues && { continue_final_message: true, add_generation_prompt: false }),
      }
    : { prompt: joinPrompt(request.messages) };
  return {
    body: { ...withLogprobs(body), ...prompt, stream: true, stream_options: { include_usage: true } },
    isChat,
    effects: [...effects.filter(({ param }) => param !== 'thinking'), ...fitted.effects],
    ignoresTools: !takesTools && (asked.tools ?? []).length > 0,
  };
}

function cannotSee(): BackendError {
  return new BackendError('bad-request', 'The model in this page cannot read images.', {
    hint: 'Remove the image, or choose a model on a server that can see.',
  });
}
