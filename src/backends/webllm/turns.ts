/** A conversation in the form that WebLLM takes: one system text at the start, a question at the end. */
import type { ChatCompletionMessageParam } from '@mlc-ai/web-llm';
import { BackendError } from '../../core/backend-error';
import type { ChatMessage } from '../../core/chat-message';
import { escapeForTemplate } from './chat-config';

export interface TurnRules {
  readonly seesImages: boolean;
  /** Roles whose texts go through a template. */
  readonly templateRoles: ReadonlySet<string>;
}

/** @throws BackendError `bad-request` */
export function toTurns(messages: readonly ChatMessage[], rules: TurnRules): ChatCompletionMessageParam[] {
  const turns = messages.filter(({ role }) => role !== 'system');
  if (turns.at(-1)?.role !== 'user') throw noQuestion();
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return [
    // The system text always goes through a template; several become one, in their order.
    ...(system.length > 0
      ? [{ role: 'system', content: escapeForTemplate(system.join('\n\n')) } as const]
      : []),
    ...turns.map((turn) => toTurn(turn, rules)),
  ];
}

function toTurn(
  { role, text, images = [] }: ChatMessage,
  { seesImages, templateRoles }: TurnRules,
): ChatCompletionMessageParam {
  const content = templateRoles.has(role) ? escapeForTemplate(text) : text;
  if (role === 'assistant') return { role, content };
  if (images.length === 0) return { role: 'user', content };
  if (!seesImages) throw cannotSee();
  return {
    role: 'user',
    content: [
      { type: 'text', text: content },
      ...images.map(({ mediaType, base64 }) => ({
        type: 'image_url' as const,
        image_url: { url: `data:${mediaType};base64,${base64}` },
      })),
    ],
  };
}

function noQuestion(): BackendError {
  return new BackendError('bad-request', 'WebLLM answers only where the last message is yours.', {
    hint: 'Send a message, or choose a model of another engine to continue an answer.',
  });
}

function cannotSee(): BackendError {
  return new BackendError('bad-request', 'This model cannot read images.', {
    hint: 'Remove the image, or choose a model that can see.',
  });
}
