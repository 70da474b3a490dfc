/** A chat request in WebLLM's words: a conversation, or a plain text to continue. */
import type { ChatCompletionRequestStreaming, CompletionCreateParamsStreaming } from '@mlc-ai/web-llm';
import type { ChatRequest } from '../../core/backend';
import { mapParams, type ParamName, type Params, type ParamWarning } from '../../core/params';
import { joinPrompt } from '../shared/join-prompt';
import { withLogprobs } from '../shared/token-probabilities';
import { webLlmParams } from './params';
import { toTurns, type TurnRules } from './turns';

export type ChatCall = { readonly warnings: readonly ParamWarning[] } & (
  | { readonly isChat: true; readonly request: ChatCompletionRequestStreaming }
  | { readonly isChat: false; readonly request: CompletionCreateParamsStreaming }
);

export interface CallRules extends TurnRules {
  readonly canThink: boolean;
}

/** @throws BackendError `bad-request` */
export function chatCall(request: ChatRequest, rules: CallRules): ChatCall {
  const streamed = { stream: true, stream_options: { include_usage: true } } as const;
  if (request.promptFormat === 'plain') {
    const { body, warnings } = mapFitting(request.params, ['thinking', 'format', 'grammar']);
    return {
      isChat: false,
      warnings,
      request: { ...(body as object), ...streamed, prompt: joinPrompt(request.messages) },
    };
  }
  const { body, warnings } = mapFitting(request.params, ineffectiveIn(request.params, rules));
  return {
    isChat: true,
    warnings,
    request: { ...(body as object), ...streamed, messages: toTurns(request.messages, rules) },
  };
}

function ineffectiveIn({ grammar }: Params, { canThink }: CallRules): ParamName[] {
  return [
    ...(canThink ? [] : (['thinking'] as const)),
    ...(grammar === undefined ? [] : (['format'] as const)),
  ];
}

/** Settings without effect here are warned of: WebLLM would take them in silence, or spoil the prompt with them. */
function mapFitting(params: Params, ineffective: readonly ParamName[]) {
  // The context window was settled by the load.
  const fitting: Params = { ...params, contextLength: undefined };
  const dropped = ineffective.flatMap((param): ParamWarning[] => {
    const requested = params[param];
    return requested === undefined ? [] : [{ param, reason: 'unsupported', requested }];
  });
  const kept = Object.fromEntries(
    Object.entries(fitting).filter(([name]) => !ineffective.some((param) => param === name)),
  ) as Params;
  const { body, warnings } = mapParams(kept, webLlmParams);
  return { body: withLogprobs(body), warnings: [...warnings, ...dropped, ...degreeOf(kept)] };
}

/** A model thinks or does not; none of them knows a degree. */
function degreeOf({ thinking }: Params): ParamWarning[] {
  if (thinking === undefined || typeof thinking === 'boolean') return [];
  return [{ param: 'thinking', reason: 'clamped', requested: thinking, sent: true }];
}
