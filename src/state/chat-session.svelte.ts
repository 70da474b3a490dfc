/** One conversation: its branch of messages, the answer that is running, and what a person can do with it. */
import type { ChatMessage, ImagePart } from '../core/chat-message';
import { type ContextUse, contextUse } from '../core/context-use';
import {
  type AnswerMessage,
  branchTo,
  canContinue,
  type Conversation,
  isRunning,
  mergeMessages,
  newestLeafBelow,
  type StoredMessage,
  type UserMessage,
} from '../core/conversation';
import type { StopWatching } from '../storage/stop-watching';
import type { ChatSessionHost } from './chat-session-host';
import { recoverAnswers } from './recover-answers';
import { modelLabel } from './backend-entry';
import { modelsHere } from './models-here';
import { newId } from './new-id';
import type { Reply } from './reply.svelte';
import { runAnswer } from './run-answer';
import { type SmallerStep, smallerSteps } from './smaller-steps';
import { titleFrom } from './title-from';

export class ChatSession {
  readonly id: string;
  conversation = $state.raw<Conversation>();
  /** All messages of all branches. */
  messages = $state.raw<readonly StoredMessage[]>([]);
  reply = $state.raw<Reply>();
  isOpen = $state.raw(false);
  /** Kept while other screens are shown. */
  draft = $state.raw('');

  branch = $derived(branchTo(this.messages, this.conversation?.leafId));
  /** After the last answer of the branch that was measured; absent before the first. */
  contextUse: ContextUse | undefined = $derived.by(() => {
    const answer = this.branch.findLast(
      (message) => message.role === 'assistant' && message.measurement !== undefined,
    );
    return answer?.role === 'assistant' ? contextUse(answer) : undefined;
  });
  isAnswering = $derived(this.reply !== undefined && isRunning(this.reply.state));

  readonly #host: ChatSessionHost;
  #watches: readonly StopWatching[] = [];
  #abort: AbortController | undefined;
  #ended: Promise<void> | undefined;

  constructor(id: string, host: ChatSessionHost) {
    this.id = id;
    this.#host = host;
  }

  /** Reads what is kept, marks what a closed tab left unfinished, and follows changes of other tabs. */
  open(): void {
    if (this.#watches.length > 0) return;
    const { store, notices } = this.#host;
    const failed = (thrown: unknown): void => notices.failed(thrown);
    recoverAnswers(store, this.id).catch(failed);
    this.#watches = [
      store.watchMessages(
        this.id,
        (rows) => {
          this.messages = mergeMessages(rows, this.messages, this.reply?.id);
          this.isOpen = true;
        },
        failed,
      ),
      store.watchConversations((all) => {
        this.conversation = all.find(({ id }) => id === this.id) ?? this.conversation;
      }, failed),
    ];
  }

  close(): void {
    for (const stop of this.#watches) stop();
    this.#watches = [];
  }

  /** Sends a new message at the end of the branch. */
  send(text: string, images: readonly ImagePart[] = []): void {
    this.#ask(text, images, this.conversation?.leafId ?? null);
  }

  /** Asks again with other words: the old message and what followed stay as a variant. */
  editAndResend(message: UserMessage, text: string): void {
    this.#ask(text, message.images ?? [], message.parentId);
  }

  /** Another answer to the same question, beside the old one, by the model that is active now. */
  retry(answer: AnswerMessage): void {
    if (this.isAnswering || answer.parentId === null) return;
    this.#answer(answer.parentId, []);
  }

  /** Goes on where an answer stopped, in a variant that begins with its text: the old one stays as it was. */
  continue(answer: AnswerMessage): void {
    if (this.isAnswering || answer.parentId === null || !canContinue(answer)) return;
    this.#answer(answer.parentId, [], answer);
  }

  /** The same after a step down: the setting stays changed, so that the next message works too. */
  async retrySmaller(answer: AnswerMessage, { params, device, selection }: SmallerStep): Promise<void> {
    const { backends, notices } = this.#host;
    try {
      if (params) backends.changeConfig(params);
      if (device) backends.preferDevice({ backendId: answer.backendId, modelId: answer.modelId }, device);
      if (selection) await backends.select(selection, new AbortController().signal);
      this.retry(answer);
    } catch (thrown) {
      notices.failed(thrown);
    }
  }

  /** What may help where memory was not enough; empty where it was not the trouble. */
  smallerSteps(answer: AnswerMessage): readonly SmallerStep[] {
    const { backends } = this.#host;
    // A load that failed leaves no place in the answer.
    const runsOn = answer.runsOn ?? backends.placeOf(answer);
    return smallerSteps({ ...answer, runsOn }, backends.config, modelsHere(backends.entries));
  }

  /** Resolves when the stopped answer is kept. */
  async stop(): Promise<void> {
    this.#abort?.abort();
    await this.#ended;
  }

  show(variant: StoredMessage): void {
    if (!this.conversation) return;
    const leafId = newestLeafBelow(this.messages, variant.id);
    this.conversation = { ...this.conversation, leafId };
    this.#host.store.setLeaf(this.id, leafId).catch((thrown: unknown) => this.#host.notices.failed(thrown));
  }

  #ask(text: string, images: readonly ImagePart[], parentId: string | null): void {
    if (this.isAnswering) return;
    const question: UserMessage = {
      id: newId(),
      conversationId: this.id,
      parentId,
      position: this.#nextPosition(),
      createdAt: Date.now(),
      role: 'user',
      text,
      ...(images.length > 0 ? { images } : {}),
    };
    this.messages = [...this.messages, question];
    this.#answer(question.id, [question]);
  }

  #answer(parentId: string, unsaved: readonly StoredMessage[], earlier?: AnswerMessage): void {
    const { backends, notices, settings } = this.#host;
    const choice = backends.active;
    const entry = backends.activeEntry;
    if (!choice || !entry) {
      notices.info('Choose a model first: nothing was sent.');
      this.messages = this.messages.filter((message) => !unsaved.includes(message));
      return;
    }
    const answer: AnswerMessage = {
      id: newId(),
      conversationId: this.id,
      parentId,
      position: this.#nextPosition(),
      createdAt: Date.now(),
      role: 'assistant',
      state: 'waiting',
      ...beginning(earlier),
      backendId: choice.backendId,
      backendLabel: entry.connection.label,
      modelId: choice.modelId,
      modelLabel: modelLabel(entry, choice.modelId),
    };
    const branch = branchTo(this.messages, earlier?.id ?? parentId);
    const history = toChatMessages(branch, settings.values.systemPrompt);
    this.messages = [...this.messages, answer];
    this.conversation = this.#touched(answer);
    this.#abort = new AbortController();
    const { reply, ended } = runAnswer(this.#host, {
      answer,
      conversation: this.conversation,
      unsaved: [...unsaved, answer],
      request: { messages: history, modelId: choice.modelId, ...(earlier && { continues: true }) },
      before: branch.findLast((message) => message.role === 'assistant'),
      signal: this.#abort.signal,
      onEnd: (finished) => this.#keep(finished),
    });
    this.reply = reply;
    this.#ended = ended;
  }

  #touched(answer: AnswerMessage): Conversation {
    const first = branchTo(this.messages, answer.id)[0];
    const now = Date.now();
    const base = this.conversation ?? { id: this.id, createdAt: now, isTitleChosen: false, title: '' };
    const title = base.title || titleFrom(first?.text ?? '');
    return { ...base, title, updatedAt: now, leafId: answer.id };
  }

  #keep(finished: AnswerMessage): void {
    this.messages = this.messages.map((message) => (message.id === finished.id ? finished : message));
  }

  #nextPosition(): number {
    return this.messages.reduce((highest, { position }) => Math.max(highest, position), -1) + 1;
  }
}

/** What an answer has before its model has said a word. */
function beginning(
  earlier?: AnswerMessage,
): Pick<AnswerMessage, 'text' | 'reasoning' | 'tokens' | 'continuedFrom'> {
  if (!earlier) return { text: '', reasoning: '' };
  const { id, text, reasoning, tokens, modelLabel } = earlier;
  return {
    text,
    reasoning,
    ...(tokens && { tokens }),
    continuedFrom: { messageId: id, modelLabel, length: text.length },
  };
}

/** What the model gets to read: no reasoning, no answer without text, the system prompt first. */
function toChatMessages(branch: readonly StoredMessage[], systemPrompt: string): ChatMessage[] {
  const system: ChatMessage[] = systemPrompt.trim() ? [{ role: 'system', text: systemPrompt }] : [];
  const turns = branch
    .filter((message) => message.role === 'user' || message.text !== '')
    .map((message): ChatMessage =>
      message.role === 'user'
        ? { role: 'user', text: message.text, images: message.images }
        : { role: 'assistant', text: message.text },
    );
  return [...system, ...turns];
}
