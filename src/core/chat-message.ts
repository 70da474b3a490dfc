/** A message as every backend understands it. Ids, order and states belong to storage. */
export type Role = 'system' | 'user' | 'assistant';

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
}
