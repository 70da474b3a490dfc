/** A chat request in WebLLM's words: a conversation, or a plain text to continue. */
import type { ChatCompletionRequestStreaming, CompletionCreateParamsStreaming } from '@mlc-ai/web-llm';
import type { ChatRequest } from '../../core/backend';
import { asRequested, mapParams } from '../../core/map-params';
import type { ParamEffect } from '../../core/param-effect';
import type { ParamName, Params, ParamTable } from '../../core/params';
import { joinPrompt } from '../shared/join-prompt';
import { withLogprobs } from '../shared/token-probabilities';
import { webLlmParams, webLlmPlainParams } from './params';
import { toTurns, type TurnRules } from './turns';

export type ChatCall = { readonly effects: readonly ParamEffect[] } & (
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
    const { body, effects } = mapFitting(request.params, webLlmPlainParams);
    return {
      isChat: false,
      effects,
      request: { ...(body as object), ...streamed, prompt: joinPrompt(request.messages) },
    };
  }
  const { body, effects } = mapFitting(request.params, webLlmParams, ineffectiveIn(request.params, rules));
  return {
    isChat: true,
    effects,
    request: { ...(body as object), ...streamed, messages: toTurns(request.messages, rules) },
  };
}

function ineffectiveIn({ grammar }: Params, { canThink }: CallRules): ParamName[] {
  return [
    ...(canThink ? [] : (['thinking'] as const)),
    ...(grammar === undefined ? [] : (['format'] as const)),
  ];
}

/** Settings without effect here are told as ignored: WebLLM would take them in silence, or spoil the prompt with them. */
function mapFitting(params: Params, table: ParamTable, ineffective: readonly ParamName[] = []) {
  const dropped = ineffective.flatMap((param): ParamEffect[] => {
    const requested = params[param];
    return requested === undefined ? [] : [{ param, outcome: 'ignored', requested }];
  });
  const kept = Object.fromEntries(
    Object.entries(params).filter(([name]) => !ineffective.some((param) => param === name)),
  ) as Params;
  // A model thinks or does not; none of them knows a degree.
  const fitting: Params = {
    ...kept,
    ...(kept.thinking !== undefined && { thinking: kept.thinking !== false }),
  };
  // The context window was settled by the load.
  const { body, effects } = mapParams(fitting, table, ['contextLength']);
  return { body: withLogprobs(body), effects: [...asRequested(effects, params), ...dropped] };
}
