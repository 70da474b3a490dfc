/** One conversation: its branch of messages, the answer that is running, and what a person can do with it. */
import type { ImagePart } from '../core/chat-message';
import type { ContextUse } from '../core/context-use';
import {
  type AnswerMessage,
  branchTo,
  canContinue,
  type Conversation,
  isRunning,
  mergeMessages,
  newestLeafBelow,
  type StoredMessage,
  type TimelinePoint,
  type UserMessage,
} from '../core/conversation';
import { isAtRoundLimit, openCallsOf, resultsOf, type ToolRound } from '../core/tool-round';
import type { StopWatching } from '../storage/stop-watching';
import { answerToolCalls } from './answer-tool-calls';
import { ConversationDocuments } from './answering-from-documents/conversation-documents.svelte';
import { documentsForAnswer } from './answering-from-documents/documents-for-answer';
import type { AnswerWitness } from './answer-witness';
import type { AskAgain } from './ask-again';
import type { ChatSessionHost } from './chat-session-host';
import { lastContextUse } from './last-context-use';
import { recoverAnswers } from './recover-answers';
import { resumeAnswer } from './resume-answer';
import { newAnswer } from './new-answer';
import { newId } from './new-id';
import { provenanceOf } from './provenance-of';
import type { Held, Reply } from './reply.svelte';
import { runAnswer } from './run-answer';
import type { SmallerStep } from './smaller-steps';
import { smallerStepsOf, takeSmallerStep } from './smaller-steps-of';
import { toChatMessages } from './to-chat-messages';
import { touchedConversation } from './touched-conversation';

interface AnswerOptions extends AskAgain {
  /** Present where the answer follows tool calls: one stop ends all rounds. */
  readonly abort?: AbortController;
}

export class ChatSession {
  readonly id: string;
  /** From which documents it is answered. */
  readonly documents: ConversationDocuments;
  conversation = $state.raw<Conversation>();
  /** All messages of all branches. */
  messages = $state.raw<readonly StoredMessage[]>([]);
  reply = $state.raw<Reply>();
  /** Between two rounds: what the model asked for is being found out. */
  isRunningTools = $state.raw(false);
  isOpen = $state.raw(false);
  /** Kept while other screens are shown. */
  draft = $state.raw('');

  branch = $derived(branchTo(this.messages, this.conversation?.leafId));
  /** After the last answer of the branch that was measured; absent before the first. */
  contextUse: ContextUse | undefined = $derived.by(() => {
    return lastContextUse(this.branch, this.#host.backends.facts);
  });
  isAnswering = $derived(this.isRunningTools || (this.reply !== undefined && isRunning(this.reply.state)));

  readonly #host: ChatSessionHost;
  #watches: readonly StopWatching[] = [];
  #abort: AbortController | undefined;
  #ended: Promise<void> | undefined;
  #witness: AnswerWitness | undefined;

  constructor(id: string, host: ChatSessionHost) {
    this.id = id;
    this.#host = host;
    this.documents = new ConversationDocuments(host, this);
  }

  /** Reads what is kept, marks what a closed tab left unfinished, and follows changes of other tabs. */
  open(): void {
    if (this.#watches.length > 0) return;
    const { store, notices } = this.#host;
    const failed = (thrown: unknown): void => notices.failed(thrown);
    recoverAnswers(store, this.id, (answer, held) => this.#resume(answer, held)).catch(failed);
    this.#watches = [
      store.watchMessages(
        this.id,
        (rows) => {
          this.messages = mergeMessages(rows, this.messages, this.reply?.id);
          this.isOpen = true;
        },
        failed,
      ),
      store.watchConversation(
        this.id,
        (row) => {
          if (!row) return;
          // One round follows the other faster than rows come back: what is shown last is known here first.
          const leafId = this.isAnswering ? this.conversation?.leafId : row.leafId;
          this.conversation = { ...row, leafId };
        },
        failed,
      ),
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

  /** Another answer to the same question, beside the old one. Resolves once it is kept. */
  async retry(answer: AnswerMessage, again: AskAgain = {}): Promise<void> {
    if (this.isAnswering || answer.parentId === null) return;
    this.#answer(answer.parentId, [], again);
    await this.#ended;
  }

  /** How the text of the answer that runs has come in so far. */
  get liveTimeline(): readonly TimelinePoint[] {
    return this.#witness?.timeline ?? [];
  }

  /** Goes on where an answer stopped, in a variant that begins with its text: the old one stays as it was. */
  continue(answer: AnswerMessage): void {
    if (canContinue(answer)) void this.retry(answer, { earlier: answer });
  }

  /** The same after a step down: the setting stays changed, so that the next message works too. */
  async retrySmaller(answer: AnswerMessage, step: SmallerStep): Promise<void> {
    try {
      await takeSmallerStep(this.#host, answer, step);
      await this.retry(answer);
    } catch (thrown) {
      this.#host.notices.failed(thrown);
    }
  }

  /** What may help where memory was not enough; empty where it was not the trouble. */
  smallerSteps(answer: AnswerMessage): readonly SmallerStep[] {
    return smallerStepsOf(this.#host, answer);
  }

  /** Where the calls of an answer stand; absent where it made none. */
  toolRound(answer: AnswerMessage): ToolRound | undefined {
    if (!answer.toolCalls && answer.id !== this.reply?.id) return undefined;
    return {
      results: resultsOf(this.branch, answer),
      openCalls: this.isAnswering ? [] : openCallsOf(this.branch, answer),
      runnable: this.#host.settings.values.builtInTools,
      isAtLimit: isAtRoundLimit(this.branch, answer),
      isRunning: this.isRunningTools,
    };
  }

  /**
   * Answers the calls that wait: with what the person wrote, by call id, the others by the tools that are switched on.
   * Once all are answered the model goes on.
   */
  async answerCalls(answer: AnswerMessage, given: ReadonlyMap<string, string>): Promise<void> {
    if (this.isAnswering) return;
    this.#abort = new AbortController();
    await this.#answerCalls(answer, given, this.#abort);
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

  #answer(
    parentId: string,
    unsaved: readonly StoredMessage[],
    { abort = new AbortController(), as = this.#host.respondent, ...again }: AnswerOptions = {},
  ): void {
    const { backends, notices } = this.#host;
    const { choice, params, systemPrompt } = as;
    const entry = choice && backends.entry(choice.backendId);
    if (!entry) {
      notices.info('Choose a model first: nothing was sent.');
      this.messages = this.messages.filter((message) => !unsaved.includes(message));
      return;
    }
    const place = { conversationId: this.id, parentId, position: this.#nextPosition() };
    const { modelId } = choice;
    const { earlier, replayed } = again;
    const branch = branchTo(this.messages, earlier?.id ?? parentId);
    const { search, retrieval } = documentsForAnswer(branch, again, this.documents.choice);
    const provenance = provenanceOf(choice, this.#host);
    const source = { entry, modelId, systemPrompt, earlier, provenance, replayOf: replayed?.id, retrieval };
    const answer = newAnswer(place, source);
    const history = toChatMessages(branch, systemPrompt?.text);
    this.messages = [...this.messages, answer];
    this.conversation = this.#touched(answer);
    this.#abort = abort;
    const tools = replayed && (replayed.provenance?.tools ?? []);
    const { reply, ended, witness } = runAnswer(this.#host, {
      answer,
      conversation: this.conversation,
      unsaved: [...unsaved, answer],
      request: { messages: history, modelId, params, tools, ...(earlier && { continues: true }) },
      branch,
      search,
      signal: abort.signal,
      onEnd: (finished) => this.#keep(finished, abort),
    });
    this.reply = reply;
    this.#ended = ended;
    this.#witness = witness;
  }

  /** Takes up an answer on which the relay went on while this page was loaded again. */
  async #resume(answer: AnswerMessage, held: Held): Promise<void> {
    const abort = (this.#abort = new AbortController());
    const onEnd = (finished: AnswerMessage): void => this.#keep(finished, abort);
    const { reply, ended } = resumeAnswer(this.#host, { answer, held, signal: abort.signal, onEnd });
    this.reply = reply;
    this.#ended = ended;
    await ended;
  }

  #touched(last: StoredMessage): Conversation {
    const { id, conversation, messages } = this;
    const comparisonId = this.#host.lane?.comparisonId;
    const { beginning } = this.documents;
    return touchedConversation({ id, conversation, messages, last, comparisonId, beginning });
  }

  #keep(finished: AnswerMessage, abort: AbortController): void {
    this.messages = this.messages.map((message) => (message.id === finished.id ? finished : message));
    const branch = branchTo(this.messages, finished.id);
    if (isAtRoundLimit(branch, finished)) return;
    this.#answerCalls(finished, undefined, abort).catch((thrown: unknown) =>
      this.#host.notices.failed(thrown),
    );
  }

  async #answerCalls(
    answer: AnswerMessage,
    given: ReadonlyMap<string, string> | undefined,
    abort: AbortController,
  ): Promise<void> {
    const branch = branchTo(this.messages, this.conversation?.leafId);
    const calls = openCallsOf(branch, answer);
    if (calls.length === 0 || abort.signal.aborted) return;
    this.isRunningTools = true;
    try {
      const parentId = (resultsOf(branch, answer).at(-1) ?? answer).id;
      const place = { parentId, position: this.#nextPosition(), branch };
      const work = { ...place, answer, calls, given, documents: this.documents.choice };
      const results = await answerToolCalls(work, this.#host, abort.signal);
      const last = results.at(-1);
      // What was found out after a stop is dropped; the calls wait, as after any other.
      if (!last || abort.signal.aborted) return;
      this.messages = [...this.messages, ...results];
      if (results.length === calls.length) return this.#answer(last.id, results, { abort });
      this.conversation = this.#touched(last);
      await this.#host.store.save(this.conversation, results);
    } finally {
      this.isRunningTools = false;
    }
  }

  #nextPosition(): number {
    return this.messages.reduce((highest, { position }) => Math.max(highest, position), -1) + 1;
  }
}
