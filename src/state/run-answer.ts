/** The life of one answer: save, load the model, stream, checkpoint, finish. Never throws; a Reply tells it all. */
import type { ChatRequest } from '../core/backend';
import type { AnswerMessage, Conversation, StoredMessage } from '../core/conversation';
import type { DocumentSearch } from '../core/retrieval';
import { streamChat } from '../core/stream-chat';
import { whileOwning } from './answer-lock';
import { AnswerWitness } from './answer-witness';
import { withPrompt } from './answering-from-documents/with-prompt';
import type { ChatSessionHost } from './chat-session-host';
import type { Checkpointer } from './checkpointer';
import { checkpointReply } from './checkpoint-reply';
import { failOrStop } from './fail-or-stop';
import { isPlainModel } from './is-plain-model';
import { offeredTools } from './offered-tools';
import { Reply } from './reply.svelte';
import { withContextFacts } from './with-context-facts';

export interface AnswerRun {
  readonly answer: AnswerMessage;
  readonly conversation: Conversation;
  /** Rows to save before anything is asked. */
  readonly unsaved: readonly StoredMessage[];
  /** Tools are those that are switched on, unless it names some. */
  readonly request: Pick<ChatRequest, 'messages' | 'modelId' | 'params' | 'continues' | 'tools'>;
  /** Up to what is answered. */
  readonly branch: readonly StoredMessage[];
  /** What is searched in documents first; passages of an earlier search come with the answer. */
  readonly search: DocumentSearch | undefined;
  readonly signal: AbortSignal;
  readonly onEnd: (finished: AnswerMessage) => void;
}

export interface RunningAnswer {
  readonly reply: Reply;
  /** Resolves once the answer is kept. */
  readonly ended: Promise<void>;
  readonly witness: AnswerWitness;
}

export function runAnswer(host: ChatSessionHost, run: AnswerRun): RunningAnswer {
  const reply = new Reply(run.answer);
  const witness = new AnswerWitness(host.lane !== undefined, () => reply.elapsedMs);
  const ended = whileOwning(run.answer.id, () => perform(host, run, reply, witness));
  return { reply, ended, witness };
}

async function perform(
  host: ChatSessionHost,
  run: AnswerRun,
  reply: Reply,
  witness: AnswerWitness,
): Promise<void> {
  const { store, notices } = host;
  const failed = (thrown: unknown): void => notices.failed(thrown);
  const checkpointer = checkpointReply(host, reply);
  // Not awaited: a full disk must not keep the model from answering.
  const saved = store.save(run.conversation, run.unsaved).catch(failed);
  await inTurn(host, run, reply, witness, () => answer(host, run, reply, checkpointer, witness));
  checkpointer.stop();
  const { tools, ...witnessed } = witness.finish();
  const answered = { ...reply.toMessage(), ...witnessed };
  const ended = tools ? { ...answered, provenance: { ...answered.provenance, tools } } : answered;
  const window = host.backends.facts.windowOf(ended);
  const before = run.branch.findLast((message) => message.role === 'assistant');
  const sent = { ...run.request, messages: withPrompt(run.request.messages, ended.retrieval) };
  const finished = withContextFacts(ended, { sent, window, before });
  run.onEnd(finished);
  await saved;
  await store.finish(finished).catch(failed);
}

/** A lane waits until what it needs is free: its model is loaded only then. */
async function inTurn(
  { lane }: ChatSessionHost,
  { answer: { backendId }, request: { modelId }, signal }: AnswerRun,
  reply: Reply,
  witness: AnswerWitness,
  work: () => Promise<void>,
): Promise<void> {
  if (!lane) return work();
  try {
    const turn = await lane.takeTurn({ backendId, modelId }, (wait) => (reply.wait = wait), signal);
    reply.wait = undefined;
    try {
      await work();
    } finally {
      witness.shared(turn.sharedWith);
      turn.release();
    }
  } catch (thrown) {
    reply.wait = undefined;
    failOrStop(reply, thrown, signal);
  }
}

async function answer(
  host: ChatSessionHost,
  run: AnswerRun,
  reply: Reply,
  checkpointer: Checkpointer,
  witness: AnswerWitness,
): Promise<void> {
  const { backends, settings } = host;
  const {
    answer: { backendId, relayAnswerId: id },
    request,
    signal,
  } = run;
  const choice = { backendId, modelId: request.modelId };
  try {
    const backend = await backends.backend(backendId);
    const onProgress = (progress: Parameters<Reply['loading']>[0]): void => reply.loading(progress);
    const loaded = await backends.load(choice, { onProgress, params: request.params }, signal);
    const tools = request.tools ?? (await offeredTools(settings.values));
    if (run.search) {
      const { searchFirst } = await import('./answering-from-documents/search-first');
      reply.loaded(loaded);
      await searchFirst(host, { ...run, search: run.search, tools }, reply);
    }
    reply.requested(loaded);
    witness.requested();
    // Also before the first token: a page that is loaded again finds running answers by their checkpoints.
    checkpointer.touch();
    const isPlain = isPlainModel(settings, choice);
    const promptFormat = isPlain ? 'plain' : 'chat';
    witness.offered(tools);
    const full: ChatRequest = {
      ...request,
      messages: withPrompt(request.messages, reply.retrieval),
      promptFormat,
      tools,
      ...(id && {
        relayAnswer: { id, isResumed: false, onConnection: (isUp) => reply.connectionChanged(isUp) },
      }),
    };
    // Somebody who should know says that this model has no tools: a person, a probe or its server.
    const hasNoTools = backends.facts.capability(choice, 'tools').value === false;
    const told = { chat: backend.chat.bind(backend), ...(!hasNoTools && { takesTools: backend.takesTools }) };
    for await (const event of streamChat(told, full, signal)) {
      reply.apply(event);
      if (event.type === 'stream-error' && event.error.code === 'out-of-memory') {
        await backends.noteOutOfMemory(choice, request.params, reply.runsOn);
      }
      if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
        checkpointer.touch();
        witness.arrived(event.text.length);
      }
    }
  } catch (thrown) {
    failOrStop(reply, thrown, signal);
  }
}
