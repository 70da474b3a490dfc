/** The body of `/v1/chat/completions` and `/v1/completions`, without the settings. */
import type { ChatMessage } from '../../core/chat-message';
import type { JsonObject, JsonValue } from '../../core/json';
import { joinPrompt } from '../shared/join-prompt';
import { toolFields } from '../shared/openai-tools';

/** @param continues the last message is the model's own and unfinished, in the words of vLLM and llama.cpp */
export function chatBody(messages: readonly ChatMessage[], continues = false): JsonObject {
  return {
    messages: messages.map((message) => ({
      role: message.role,
      content: content(message),
      ...toolFields(message),
    })),
    ...(continues && { continue_final_message: true, add_generation_prompt: false }),
  };
}

export function completionBody(messages: readonly ChatMessage[]): JsonObject {
  return { prompt: joinPrompt(messages) };
}

/** A list of parts only where there are images: InstructLab answers 500 to any list. */
function content({ text, images = [] }: ChatMessage): JsonValue {
  if (images.length === 0) return text;
  return [
    ...(text === '' ? [] : [{ type: 'text', text }]),
    ...images.map(({ mediaType, base64 }) => ({
      type: 'image_url',
      image_url: { url: `data:${mediaType};base64,${base64}` },
    })),
  ];
}
