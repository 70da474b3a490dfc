/** Conversations, their messages and the checkpoints of running answers, as rows. */
import { allOf, byPosition, deleteMessages, messagesOf } from './messages-of';
import type { StopWatching } from './stop-watching';
import { type AnswerMessage, type Conversation, isRunning, type StoredMessage } from '../core/conversation';
import type { Connection, SwitchyardDatabase } from './database';
import type { Checkpoint } from './schema';

/** A deleted conversation with everything that `restore` needs to bring it back. */
export interface DeletedConversation {
  readonly conversation: Conversation;
  readonly messages: readonly StoredMessage[];
}

/** Where answers did not end. Those of a comparison's lanes belong to it: only the lane knows its model. */
export interface Unfinished {
  readonly conversationIds: readonly string[];
  readonly comparisonIds: readonly string[];
}

/** Every method rejects with a BackendError when the browser's storage fails. */
export class ConversationStore {
  readonly #database: SwitchyardDatabase;

  constructor(database: SwitchyardDatabase) {
    this.#database = database;
  }

  /** Calls back now and after every change, also one made in another tab; newest first, lanes of comparisons left out. */
  watchConversations(
    onChange: (conversations: Conversation[]) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    const newestFirst = async (connection: Connection) =>
      (await connection.getAllFromIndex('conversations', 'updatedAt'))
        .filter(({ comparisonId }) => comparisonId === undefined)
        .reverse();
    return this.#database.watch('conversations', newestFirst, onChange, onError);
  }

  /** Calls back now and after every change; with nothing where it is not kept (any more). */
  watchConversation(
    id: string,
    onChange: (conversation: Conversation | undefined) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    const one = (connection: Connection) => connection.get('conversations', id);
    return this.#database.watch('conversations', one, onChange, onError);
  }

  /** Calls back now and after every change; messages in order of creation. */
  watchMessages(
    conversationId: string,
    onChange: (messages: StoredMessage[]) => void,
    onError: (thrown: unknown) => void,
  ): StopWatching {
    const inOrder = (connection: Connection) => messagesOf(connection, conversationId);
    return this.#database.watch('messages', inOrder, onChange, onError);
  }

  /** Writes the conversation and messages in one transaction: both or neither. */
  async save(conversation: Conversation, messages: readonly StoredMessage[] = []): Promise<void> {
    await this.#database.write(['conversations', 'messages'], async (transaction) => {
      await transaction.objectStore('conversations').put(conversation);
      for (const message of messages) await transaction.objectStore('messages').put(message);
    });
  }

  /** Writes the final answer and drops its checkpoint. */
  async finish(answer: AnswerMessage): Promise<void> {
    await this.#database.write(['messages', 'checkpoints'], async (transaction) => {
      const messages = transaction.objectStore('messages');
      // An answer whose conversation was deleted meanwhile must not come back as an orphan.
      if ((await messages.getKey(answer.id)) === undefined) return;
      await messages.put(answer);
      await transaction.objectStore('checkpoints').delete(answer.id);
    });
  }

  /** Writes what became known of an answer that still runs. */
  async note(answer: AnswerMessage): Promise<void> {
    await this.#database.write(['messages'], async (transaction) => {
      const messages = transaction.objectStore('messages');
      if ((await messages.getKey(answer.id)) !== undefined) await messages.put(answer);
    });
  }

  async saveCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.#database.write(['checkpoints'], (transaction) =>
      transaction.objectStore('checkpoints').put(checkpoint),
    );
  }

  async readCheckpoint(messageId: string): Promise<Checkpoint | undefined> {
    return this.#database.read((connection) => connection.get('checkpoints', messageId));
  }

  async readMessages(conversationId: string): Promise<StoredMessage[]> {
    return this.#database.read((connection) => messagesOf(connection, conversationId));
  }

  /** What has a checkpoint: an answer is running in it, or its tab went away. */
  async unfinished(): Promise<Unfinished> {
    const conversations = await this.#database.read(async (connection) => {
      const ids = await connection.getAllKeys('checkpoints');
      const messages = await Promise.all(ids.map((id) => connection.get('messages', id)));
      const conversationIds = new Set(messages.flatMap((message) => message?.conversationId ?? []));
      return Promise.all([...conversationIds].map((id) => connection.get('conversations', id)));
    });
    const found = conversations.flatMap((one) => one ?? []);
    return {
      conversationIds: found.flatMap(({ id, comparisonId }) => (comparisonId === undefined ? id : [])),
      comparisonIds: [...new Set(found.flatMap(({ comparisonId }) => comparisonId ?? []))],
    };
  }

  /** Answers that were running when their tab went away, as far as rows tell. */
  async runningAnswers(conversationId: string): Promise<AnswerMessage[]> {
    const rows = await this.readMessages(conversationId);
    return rows.filter((row) => row.role === 'assistant').filter((row) => isRunning(row.state));
  }

  async rename(id: string, title: string): Promise<void> {
    await this.#change(id, { title, isTitleChosen: true });
  }

  async setLeaf(id: string, leafId: string): Promise<void> {
    await this.#change(id, { leafId });
  }

  async setDocuments(
    id: string,
    chosen: Pick<Conversation, 'collectionIds' | 'retrieval' | 'documentFilter'>,
  ): Promise<void> {
    await this.#change(id, chosen);
  }

  async delete(id: string): Promise<DeletedConversation | undefined> {
    return this.#database.write(['conversations', 'messages', 'checkpoints'], async (transaction) => {
      const conversations = transaction.objectStore('conversations');
      const conversation = await conversations.get(id);
      if (!conversation) return undefined;
      const messages = await transaction.objectStore('messages').index(byPosition).getAll(allOf(id));
      await deleteMessages(transaction, messages);
      await conversations.delete(id);
      return { conversation, messages };
    });
  }

  async restore({ conversation, messages }: DeletedConversation): Promise<void> {
    await this.save(conversation, messages);
  }

  /** What is not there any more stays away. */
  async #change(id: string, changes: Partial<Conversation>): Promise<void> {
    await this.#database.write(['conversations'], async (transaction) => {
      const conversations = transaction.objectStore('conversations');
      const conversation = await conversations.get(id);
      if (conversation) await conversations.put({ ...conversation, ...changes });
    });
  }
}
