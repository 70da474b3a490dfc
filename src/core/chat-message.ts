/** A message as every backend understands it. Ids, order and states belong to storage. */
import type { ToolCall } from './tool';

export type Role = 'system' | 'user' | 'assistant' | 'tool';

export interface ImagePart {
  /** For example `image/png`. */
  readonly mediaType: string;
  /** The bytes in plain base64, without a `data:` prefix. */
  readonly base64: string;
}

export interface ChatMessage {
  readonly role: Role;
  /** Without reasoning: a thought is never sent back to a model. */
  readonly text: string;
  readonly images?: readonly ImagePart[];
  /** Of an assistant: what it asked for. Each is answered by a `tool` message that follows. */
  readonly toolCalls?: readonly ToolCall[];
  /** Of a `tool` message, whose text is the result: the call that it answers. */
  readonly toolCallId?: string;
  /** Of a `tool` message. */
  readonly toolName?: string;
}
