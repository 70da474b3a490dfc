/** Adds to a finished answer what it tells about the context window: how much was sent, and whether it was cut. */
import type { ChatRequest } from '../core/backend';
import type { AnswerMessage } from '../core/conversation';
import { promptCharacters } from '../core/prompt-characters';
import { type EarlierPrompt, findSilentCut } from '../core/silent-cut';

type Sent = Pick<ChatRequest, 'messages' | 'tools'>;

export interface AnswerContext {
  readonly sent: Sent;
  /** The window in force, in tokens; absent where nobody tells. */
  readonly window: number | undefined;
  /** The answer before it in the conversation. */
  readonly before: AnswerMessage | undefined;
}

export function withContextFacts(answer: AnswerMessage, context: AnswerContext): AnswerMessage {
  const { sent, window } = context;
  const characters = promptCharacters(sent);
  // What runs in this page refuses a prompt that is too long.
  const cut =
    answer.runsOn === 'server'
      ? findSilentCut({
          tokens: answer.usage?.promptTokens,
          characters,
          window,
          earlier: earlierPrompt(answer, context),
        })
      : undefined;
  return { ...answer, promptCharacters: characters, ...(cut && { cut }) };
}

/** Only where all that was sent then is sent again: a system prompt or a history that changed has another length. */
function earlierPrompt(
  { backendId, modelId }: AnswerMessage,
  { sent, window, before }: AnswerContext,
): EarlierPrompt | undefined {
  if (before?.backendId !== backendId || before.modelId !== modelId) return undefined;
  const answered = sent.messages.findLastIndex(
    ({ role, text }) => role === 'assistant' && text === before.text,
  );
  if (answered < 0) return undefined;
  const characters = promptCharacters({ ...sent, messages: sent.messages.slice(0, answered) });
  // With another window the guess of what was lost must not count as known.
  const isCutAlike = before.cut !== undefined && before.cut.window === window;
  const tokens = isCutAlike ? before.cut?.sent : before.usage?.promptTokens;
  if (tokens === undefined || characters !== before.promptCharacters) return undefined;
  return {
    tokens,
    characters,
    answerCharacters: promptCharacters({ messages: [before] }),
    answerTokens: leastAnswerTokens(before),
  };
}

/** Thoughts are counted as answered but never sent back. */
function leastAnswerTokens({ reasoning, usage }: AnswerMessage): number {
  if (reasoning !== '' || usage?.completionTokens === undefined) return 0;
  return Math.max(0, usage.completionTokens - (usage.reasoningTokens ?? 0) - 1);
}
