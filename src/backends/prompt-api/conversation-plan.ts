/** A chat request as what the browser's own model is given: a history, a question and how to answer. */
import type { ChatRequest } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ChatMessage } from '../../core/chat-message';
import type { JsonObject } from '../../core/json';
import { mapParams } from '../../core/map-params';
import type { ParamEffect } from '../../core/param-effect';
import { joinPrompt } from '../shared/join-prompt';
import { promptApiParams } from './params';

type InitialPrompts = NonNullable<LanguageModelCreateOptions['initialPrompts']>;

export interface ConversationPlan {
  readonly history: InitialPrompts;
  readonly question: string;
  readonly samplingMode?: LanguageModelSamplingMode;
  readonly responseConstraint?: JsonObject;
  readonly effects: readonly ParamEffect[];
}

/** @throws BackendError `bad-request` */
export function planConversation({ messages, params, promptFormat }: ChatRequest): ConversationPlan {
  if (messages.some(({ images }) => images?.length)) throw cannotSee();
  const { body, effects } = mapParams(params, promptApiParams);
  const { samplingMode, responseConstraint } = body as {
    samplingMode?: LanguageModelSamplingMode;
    responseConstraint?: JsonObject;
  };
  return {
    ...turnsOf(messages, promptFormat === 'plain'),
    ...(samplingMode && { samplingMode }),
    ...(responseConstraint && { responseConstraint }),
    effects: effects.map(asApproximation),
  };
}

function turnsOf(
  messages: readonly ChatMessage[],
  isPlain: boolean,
): { history: InitialPrompts; question: string } {
  if (isPlain) return { history: [], question: joinPrompt(messages) };
  const turns = messages.filter(({ role }) => role !== 'system');
  const question = turns.at(-1);
  if (question?.role !== 'user') throw noQuestion();
  const earlier = turns.slice(0, -1).map(({ role, text }) => ({
    role: role === 'user' ? ('user' as const) : ('assistant' as const),
    content: text,
  }));
  // One system text, at the start.
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return {
    history: system.length > 0 ? [{ role: 'system', content: system.join('\n\n') }, ...earlier] : earlier,
    question: question.text,
  };
}

/** Five steps stand for all temperatures. */
function asApproximation(effect: ParamEffect): ParamEffect {
  return effect.param === 'temperature' && effect.sent !== undefined
    ? { ...effect, adjusted: effect.sent }
    : effect;
}

function cannotSee(): BackendError {
  return new BackendError('bad-request', 'The browser’s own model gets no images from this page.', {
    hint: 'Remove the image, or choose a model that can see.',
  });
}

function noQuestion(): BackendError {
  return new BackendError(
    'bad-request',
    'The browser’s own model answers only where the last message is yours.',
    {
      hint: 'Send a message, or choose another model to continue an answer.',
    },
  );
}
