/** Goes on with an answer after the page was loaded again, as long as the relay still has it. Never throws. */
import type { ChatRequest } from '../core/backend';
import { BackendError } from '../core/backend-error';
import { isRelayed } from '../core/connection';
import { type AnswerMessage, branchTo } from '../core/conversation';
import { streamChat } from '../core/stream-chat';
import { withPrompt } from './answering-from-documents/with-prompt';
import type { ChatSessionHost } from './chat-session-host';
import type { Checkpointer } from './checkpointer';
import { checkpointReply } from './checkpoint-reply';
import { failOrStop } from './fail-or-stop';
import { type Held, Reply } from './reply.svelte';
import { toChatMessages } from './to-chat-messages';
import { withContextFacts } from './with-context-facts';

export interface ResumedRun {
  readonly answer: AnswerMessage;
  /** What had arrived before. The answer comes again from its beginning, and this is kept if it does not. */
  readonly held: Held;
  readonly signal: AbortSignal;
  readonly onEnd: (finished: AnswerMessage) => void;
}

/** The caller owns the answer. `ended` resolves once it is kept. */
export function resumeAnswer(host: ChatSessionHost, run: ResumedRun): { reply: Reply; ended: Promise<void> } {
  const reply = new Reply(run.answer, () => performance.now(), run.held);
  return { reply, ended: perform(host, run, reply) };
}

async function perform(host: ChatSessionHost, run: ResumedRun, reply: Reply): Promise<void> {
  const { store, notices } = host;
  const failed = (thrown: unknown): void => notices.failed(thrown);
  const checkpointer = checkpointReply(host, reply);
  await receive(host, run, reply, checkpointer);
  checkpointer.stop();
  const finished = await withQuestion(host, reply.toMessage()).catch((thrown: unknown) => {
    failed(thrown);
    return reply.toMessage();
  });
  run.onEnd(finished);
  await store.finish(finished).catch(failed);
}

async function receive(
  { backends, respondent }: ChatSessionHost,
  { answer, signal }: ResumedRun,
  reply: Reply,
  checkpointer: Checkpointer,
): Promise<void> {
  const { backendId, modelId, runsOn = 'server', relayAnswerId: id = '' } = answer;
  try {
    // The page has just been opened: which servers there are may not be known yet.
    if (!backends.entry(backendId)) await backends.refresh(signal);
    const entry = backends.entry(backendId);
    if (!entry || !isRelayed(entry.connection)) throw noLongerThroughTheRelay();
    const backend = await backends.backend(backendId);
    reply.requested({ modelId, runsOn });
    const request: ChatRequest = {
      modelId,
      ...beginningOf(answer),
      params: respondent.params,
      relayAnswer: { id, isResumed: true, onConnection: (isUp) => reply.connectionChanged(isUp) },
    };
    for await (const event of streamChat(backend, request, signal)) {
      reply.apply(event);
      if (event.type === 'text-delta' || event.type === 'reasoning-delta') checkpointer.touch();
    }
  } catch (thrown) {
    failOrStop(reply, thrown, signal);
  }
}

/** What the server was sent is put together again from the rows, as it was when it was asked. */
async function withQuestion(
  { store, backends }: ChatSessionHost,
  finished: AnswerMessage,
): Promise<AnswerMessage> {
  const { conversationId, continuedFrom, parentId, systemPrompt, retrieval } = finished;
  const rows = await store.readMessages(conversationId);
  const branch = branchTo(rows, continuedFrom?.messageId ?? parentId ?? undefined);
  const before = branch.findLast((message) => message.role === 'assistant');
  const sent = { messages: withPrompt(toChatMessages(branch, systemPrompt?.text), retrieval) };
  return withContextFacts(finished, { sent, window: backends.facts.windowOf(finished), before });
}

/** The question is not put again; where a text was continued, its end tells what of the answer repeats it. */
function beginningOf({ continuedFrom, text }: AnswerMessage): Pick<ChatRequest, 'messages' | 'continues'> {
  return continuedFrom ? { messages: [{ role: 'assistant', text }], continues: true } : { messages: [] };
}

function noLongerThroughTheRelay(): BackendError {
  return new BackendError(
    'malformed-stream',
    'The page was closed or reloaded while this answer was being written, and its server is not reached through the relay now.',
    { hint: 'Continue goes on where it stopped; Retry asks for the whole answer again.' },
  );
}
