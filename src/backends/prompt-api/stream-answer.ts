/** One answer of the browser's own model, as events. */
import type { ChatEvent, Usage } from '../../core/chat-event';
import type { ConversationPlan } from './conversation-plan';
import { tooLong } from './prompt-error';

export interface StreamedAnswer {
  /** Whether the session has read and said everything that it was meant to. */
  isWhole: boolean;
  text: string;
}

/** Deltas, then one `stream-end`; fills in `answer` on the way. Throws what the browser throws. */
export async function* streamAnswer(
  session: LanguageModel,
  { question, responseConstraint }: ConversationPlan,
  answer: StreamedAnswer,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void, undefined> {
  const overflow = new AbortController();
  // The browser makes room by forgetting the oldest turns; an answer to half a conversation is none.
  const onOverflow = () => overflow.abort(tooLong());
  session.addEventListener('contextoverflow', onOverflow);
  const before = session.contextUsage;
  try {
    const stream = session.promptStreaming(question, {
      signal: AbortSignal.any([signal, overflow.signal]),
      ...(responseConstraint && { responseConstraint }),
    });
    for await (const text of stream) {
      overflow.signal.throwIfAborted();
      if (!text) continue;
      answer.text += text;
      yield { type: 'text-delta', text };
    }
    overflow.signal.throwIfAborted();
  } finally {
    session.removeEventListener('contextoverflow', onOverflow);
  }
  answer.isWhole = true;
  const usage = await readUsage(session, question, before);
  yield { type: 'stream-end', reason: 'stop', ...(usage && { usage }) };
}

/** The browser counts the whole context; the question is measured to tell its tokens from those of the answer. */
async function readUsage(
  session: LanguageModel,
  question: string,
  before: number,
): Promise<Usage | undefined> {
  const after = session.contextUsage;
  const asked = await session.measureContextUsage(question).catch(() => undefined);
  if (asked === undefined || !(after > before)) return undefined;
  return {
    promptTokens: before + asked,
    cachedTokens: before,
    completionTokens: Math.max(0, after - before - asked),
  };
}
