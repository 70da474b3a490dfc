/** A conversation as token ids: through the model's chat template, or as plain text where it has none. */
import type { PreTrainedTokenizer } from '@huggingface/transformers';
import type { ChatRequest } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { ParamEffect } from '../../core/param-effect';
import { fitThinking } from '../shared/fit-thinking';
import { joinPrompt } from '../shared/join-prompt';

export interface Prompt {
  readonly tokens: readonly number[];
  /** What became of the wish to think. */
  readonly effects: readonly ParamEffect[];
}

/** @throws BackendError `bad-request` */
export function promptOf(request: ChatRequest, tokenizer: PreTrainedTokenizer): Prompt {
  if (request.messages.some((message) => message.images?.length)) {
    throw new BackendError('bad-request', 'This model in the page cannot read images.', {
      hint: 'Remove the image, or choose a model on a server that can see.',
    });
  }
  const template = chatTemplate(tokenizer);
  const isChat = request.promptFormat !== 'plain' && template !== undefined;
  const { effects, thinking } = fitThinking(
    request.params.thinking,
    isChat ? template : undefined,
    'enable_thinking',
  );
  if (!isChat) return { tokens: tokenizer.encode(joinPrompt(request.messages)), effects };
  const messages = request.messages.map(({ role, text }) => ({ role, content: text }));
  try {
    const rendered = tokenizer.apply_chat_template(messages, {
      add_generation_prompt: !request.continues,
      tokenize: false,
      ...(thinking !== undefined && { enable_thinking: thinking }),
    });
    const text = request.continues ? openAgain(rendered, request.messages.at(-1)?.text ?? '') : rendered;
    return { tokens: tokenizer.encode(text, { add_special_tokens: false }), effects };
  } catch (thrown) {
    // Templates refuse orders of roles that they do not know, in their own words.
    throw new BackendError(
      'bad-request',
      'The model’s chat template does not accept this conversation.',
      { said: thrown instanceof Error ? thrown.message : String(thrown) },
      thrown,
    );
  }
}

/** The conversation up to the end of its last text, without the mark that ends a turn. Templates may trim a text. */
function openAgain(rendered: string, last: string): string {
  const trimmed = last.trim();
  const at = rendered.lastIndexOf(trimmed);
  if (at < 0) throw new Error('It changes the text that is to be continued.');
  return rendered.slice(0, at + trimmed.length) + last.slice(last.trimEnd().length);
}

export function chatTemplate({ chat_template: template }: PreTrainedTokenizer): string | undefined {
  if (typeof template === 'string') return template;
  // Some models bring several by name.
  const named = template as Readonly<Record<string, string>> | null | undefined;
  return named?.['default'] ?? Object.values(named ?? {})[0];
}
