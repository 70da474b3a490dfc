/** One way in which real servers differ: a request, and what each of them answers to it. */

/** As `npm run servers` names them. */
export type OwnServer =
  'ollama' | 'instructlab' | 'llama-cpp-python' | 'llamacpp' | 'llamacpp-embed' | 'vllm' | 'vllm-embed';

export interface Reply {
  readonly status: number;
  /** What the whole body must match; a stream's too. */
  readonly body?: RegExp;
  readonly notBody?: RegExp;
  /** `access-control-allow-origin`; null when it must be absent. */
  readonly allowed?: string | null;
}

export interface DifferenceCase {
  readonly what: string;
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly path: string;
  /** An object is sent as JSON, with the served model's name for `$MODEL`. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly withoutKey?: true;
  readonly replies: Readonly<Partial<Record<OwnServer, Reply>>>;
}

/** A chat of a few tokens. */
export function chatBody(more: object = {}): object {
  const messages = [{ role: 'user', content: 'What is the capital of France?' }];
  return { model: '$MODEL', messages, max_tokens: 4, temperature: 0, ...more };
}

export const chatPath = '/v1/chat/completions';
export const allowedOrigin = 'http://localhost:4173';
export const otherOrigin = 'https://elsewhere.example';
