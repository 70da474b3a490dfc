/**
 * How many tokens of a prompt WebLLM did not read again. It keeps its cache where a request continues the last
 * conversation and counts only the new part; this repeats its rule (`preparePrefillInput` in its engine).
 */
import type { ChatCompletionMessageParam, CompletionUsage } from '@mlc-ai/web-llm';
import type { Usage } from '../../core/chat-event';

export class PromptCache {
  /** The conversation in the cache as JSON, with its length in tokens; absent where it will not be used again. */
  #kept: { readonly conversation: string; readonly tokens: number } | undefined;

  /** @param messages as sent. For a plain text, none: WebLLM then always starts anew. */
  begin(messages: readonly ChatCompletionMessageParam[] = []): RunningPrompt {
    const kept = this.#kept;
    const continues = messages.length > 1 && kept?.conversation === JSON.stringify(messages.slice(0, -1));
    this.#kept = undefined;
    return {
      cachedTokens: continues ? kept.tokens : 0,
      end: (answer, isComplete, said) => {
        const cached = continues ? kept.tokens : 0;
        // The last token was sampled but never read. Only a complete answer can be continued.
        const tokens = cached + said.prompt_tokens + said.completion_tokens - 1;
        if (isComplete && messages.length > 0) {
          const conversation = JSON.stringify([...messages, { role: 'assistant', content: answer }]);
          this.#kept = { conversation, tokens };
        }
        return {
          promptTokens: cached + said.prompt_tokens,
          cachedTokens: cached,
          completionTokens: said.completion_tokens,
        };
      },
    };
  }
}

export interface RunningPrompt {
  readonly cachedTokens: number;
  /** @param answer the text as the model wrote it, thoughts included */
  end(answer: string, isComplete: boolean, said: CompletionUsage): Usage;
}
