/** Status and words of a server's refusal → our code, a sentence for people, and the next step. */
import type { BackendErrorCode } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
import type { ServerWords } from './server-words';

export interface Failure {
  readonly status: number;
  readonly words: ServerWords;
  readonly connection: ServerConnection;
}

export interface Explanation {
  readonly code: BackendErrorCode;
  readonly message: string;
  readonly hint?: string;
}

/** Words first: servers agree on them more than on the status (overflow is 400 or 500, a bad format too). */
export function explain(failure: Failure): Explanation {
  const { words, connection } = failure;
  const text = `${words.code ?? ''} ${words.said}`;
  if (!words.isHtml) {
    for (const rule of byWords) if (rule.pattern.test(text)) return rule.explain(connection);
  }
  return byStatus(failure);
}

interface WordRule {
  readonly pattern: RegExp;
  readonly explain: (connection: ServerConnection) => Explanation;
}

const byWords: readonly WordRule[] = [
  {
    // vLLM, llama.cpp, llama-cpp-python and Ollama, in this order (PROTOCOLS A, B, C).
    pattern:
      /maximum context length|context length is only|exceed(s|_)(the )?(available )?context|context_length_exceeded|exceed context window|longer than the context|exceeds the context length/i,
    explain: ({ kind }) => ({
      code: 'context-overflow',
      message: 'The conversation is longer than the context window of the model.',
      hint:
        kind === 'ollama'
          ? 'Shorten it, start a new conversation, or raise the context length in the settings.'
          : 'Shorten it, start a new conversation, ask for fewer tokens, or start the server with a larger window.',
    }),
  },
  {
    pattern: /max_tokens=\d+ cannot be greater/i,
    explain: ({ label }) => ({
      code: 'bad-request',
      message: `${label} cannot generate that many tokens.`,
      hint: 'Lower the limit of generated tokens in the settings.',
    }),
  },
  {
    pattern: /requires more system memory|out of memory|unable to allocate|failed to allocate/i,
    explain: ({ label }) => ({
      code: 'out-of-memory',
      message: `${label} has not enough memory for this model.`,
      hint: 'Choose a smaller model or a shorter context length, or free memory on that machine.',
    }),
  },
  {
    pattern: /does not support (thinking|tools|chat|generate|insert|vision)/i,
    explain: ({ label }) => ({
      code: 'bad-request',
      message: `${label} says that this model cannot do what was asked.`,
      hint: 'Choose another model, or switch off in the settings what it does not support.',
    }),
  },
  {
    // vLLM, and llama.cpp before it read every template by itself.
    pattern: /tool choice requires|tool-call-parser|tools param requires/i,
    explain: ({ label, kind }) => ({
      code: 'bad-request',
      message: `${label} was started without tools.`,
      hint:
        kind === 'vllm'
          ? 'Switch the tools off in Answer settings, or start vLLM with --enable-auto-tool-choice --tool-call-parser NAME.'
          : 'Switch the tools off in Answer settings, or start the server with --jinja.',
    }),
  },
  {
    pattern: /not a multimodal model|image input is not supported/i,
    explain: () => ({
      code: 'bad-request',
      message: 'This model cannot read images.',
      hint: 'Choose a model that can, or send the message without the image.',
    }),
  },
  {
    pattern: /model_not_found|model\b.{0,200}\b(not found|does not exist)/is,
    explain: ({ label, kind }) => ({
      code: 'model-not-found',
      message: `${label} does not have this model.`,
      hint:
        kind === 'ollama'
          ? 'Get it with “ollama pull NAME”, or choose another one.'
          : 'Choose one that it lists.',
    }),
  },
];

function byStatus({ status, words, connection }: Failure): Explanation {
  const { label, kind } = connection;
  switch (status) {
    case 401:
      return {
        code: 'unauthorized',
        message: `${label} wants a key, or another one.`,
        hint:
          connection.via === 'relay'
            ? 'The relay adds the key: set it in its environment and start it again.'
            : 'Check the key in the settings.',
      };
    case 403:
      return {
        code: 'unauthorized',
        message: `${label} refuses requests from here.`,
        hint:
          kind === 'ollama'
            ? 'Ollama compares the name by which it is called: use localhost, or let it listen on the network.'
            : 'Check the key and what the server allows.',
      };
    case 404:
    case 405:
      return {
        code: 'bad-request',
        message: `There is no such path at ${label}: it is not the server we took it for, or its address is wrong.`,
        hint: 'Check address, port, path and the kind of server in the settings.',
      };
    case 408:
    case 504:
      return {
        code: 'timeout',
        message: `${label} took too long to answer.`,
        hint: 'A model that is being loaded can need minutes. Try again.',
      };
    case 413:
      return { code: 'bad-request', message: `The message is too large for ${label}.` };
    case 429:
      return { code: 'rate-limited', message: `${label} limits how often it may be asked.` };
    case 503:
      return { code: 'server-failed', ...notNow(words, connection) };
  }
  if (status >= 500) {
    return {
      code: 'server-failed',
      message: `${label} failed while working on the request (${status}).`,
      hint: 'Its log tells more.',
    };
  }
  return { code: 'bad-request', message: `${label} did not accept the request (${status}).` };
}

function notNow({ said }: ServerWords, { label, kind }: ServerConnection): Omit<Explanation, 'code'> {
  if (/loading/i.test(said)) {
    return { message: `${label} is still loading its model.`, hint: 'Try again in a moment.' };
  }
  const hint =
    kind === 'instructlab'
      ? 'It answers one request at a time: wait until the other answer is done, then try again.'
      : 'Wait a moment, then try again.';
  return { message: `${label} is busy.`, hint };
}
