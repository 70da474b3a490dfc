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
  const options = { add_generation_prompt: true, tokenize: true, return_tensor: false, return_dict: false };
  try {
    const tokens = tokenizer.apply_chat_template(messages, {
      ...options,
      ...(thinking !== undefined && { enable_thinking: thinking }),
    });
    return { tokens: tokens as number[], effects };
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

export function chatTemplate({ chat_template: template }: PreTrainedTokenizer): string | undefined {
  if (typeof template === 'string') return template;
  // Some models bring several by name.
  const named = template as Readonly<Record<string, string>> | null | undefined;
  return named?.['default'] ?? Object.values(named ?? {})[0];
}
