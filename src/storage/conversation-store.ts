/** Conversations, their messages and the checkpoints of running answers, as rows. */
import { liveQuery } from 'dexie';
import type { StopWatching } from './stop-watching';
import { type AnswerMessage, type Conversation, isRunning, type StoredMessage } from '../core/conversation';
import type { Checkpoint, SwitchyardDatabase } from './database';
import { guarded } from './guarded';

/** A deleted conversation with everything that `restore` needs to bring it back. */
export interface DeletedConversation {
  readonly conversation: Conversation;
  readonly messages: readonly StoredMessage[];
}

/** Every method rejects with a BackendError when the browser's storage fails. */
export class ConversationStore {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Calls back now and after every change, also one made in another tab; newest first. */
  watchConversations(
    onChange: (conversations: Conversation[]) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    const query = () => this.#database.conversations.orderBy('updatedAt').reverse().toArray();
    const rows = liveQuery(() => guarded(this.#database, query)).subscribe({
      next: onChange,
      error: onError,
    });
    return () => rows.unsubscribe();
  }

  /** Calls back now and after every change; messages in order of creation. */
  watchMessages(
    conversationId: string,
    onChange: (messages: StoredMessage[]) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    const query = () => this.#messagesOf(conversationId).toArray();
    const rows = liveQuery(() => guarded(this.#database, query)).subscribe({
      next: onChange,
      error: onError,
    });
    return () => rows.unsubscribe();
  }

  /** Writes the conversation and messages in one transaction: both or neither. */
  async save(conversation: Conversation, messages: readonly StoredMessage[] = []): Promise<void> {
    const { conversations, messages: rows } = this.#database;
    await this.#transact(async () => {
      await conversations.put(conversation);
      await rows.bulkPut([...messages]);
    });
  }

  /** Writes the final answer and drops its checkpoint. */
  async finish(answer: AnswerMessage): Promise<void> {
    const { messages, checkpoints } = this.#database;
    await this.#transact(async () => {
      // An answer whose conversation was deleted meanwhile must not come back as an orphan.
      if ((await messages.get(answer.id)) === undefined) return;
      await messages.put(answer);
      await checkpoints.delete(answer.id);
    });
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await guarded(this.#database, () => this.#database.checkpoints.put(checkpoint));
  }

  async readCheckpoint(messageId: string): Promise<Checkpoint | undefined> {
    return guarded(this.#database, () => this.#database.checkpoints.get(messageId));
  }

  /** Answers that were running when their tab went away, as far as rows tell. */
  async runningAnswers(conversationId: string): Promise<AnswerMessage[]> {
    const rows = await guarded(this.#database, () => this.#messagesOf(conversationId).toArray());
    return rows.filter((row) => row.role === 'assistant').filter((row) => isRunning(row.state));
  }

  async rename(id: string, title: string): Promise<void> {
    await guarded(this.#database, () =>
      this.#database.conversations.update(id, { title, isTitleChosen: true }),
    );
  }

  async setLeaf(id: string, leafId: string): Promise<void> {
    await guarded(this.#database, () => this.#database.conversations.update(id, { leafId }));
  }

  async delete(id: string): Promise<DeletedConversation | undefined> {
    const { conversations, checkpoints } = this.#database;
    return this.#transact(async () => {
      const conversation = await conversations.get(id);
      if (!conversation) return undefined;
      const messages = await this.#messagesOf(id).toArray();
      await this.#messagesOf(id).delete();
      await checkpoints.bulkDelete(messages.map((message) => message.id));
      await conversations.delete(id);
      return { conversation, messages };
    });
  }

  async restore({ conversation, messages }: DeletedConversation): Promise<void> {
    await this.save(conversation, messages);
  }

  #messagesOf(conversationId: string) {
    return this.#database.messages
      .where('[conversationId+position]')
      .between([conversationId, -Infinity], [conversationId, Infinity]);
  }

  #transact<Result>(work: () => Promise<Result>): Promise<Result> {
    const { conversations, messages, checkpoints } = this.#database;
    return guarded(this.#database, () =>
      this.#database.transaction('rw', [conversations, messages, checkpoints], work),
    );
  }
}
