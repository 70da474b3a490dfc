/** The conversations there are, newest first: rename, delete with undo, and the session of each. */
import type { Conversation } from '../core/conversation';
import { ChatSession } from './chat-session.svelte';
import type { ChatSessionHost } from './chat-session-host';
import { newId } from './new-id';

export class ConversationList {
  all = $state.raw<readonly Conversation[]>([]);
  isOpen = $state.raw(false);

  readonly #host: ChatSessionHost;
  /** Sessions stay alive while their answers run, so that several conversations can stream at once. */
  #sessions = $state.raw<Readonly<Record<string, ChatSession>>>({});
  #blank: ChatSession;
  /** The session on the screen. */
  current = $state.raw<ChatSession>();

  constructor(host: ChatSessionHost) {
    this.#host = host;
    this.#blank = new ChatSession(newId(), host);
  }

  open(): void {
    this.#host.store.watchConversations((all) => {
      this.all = all;
      this.isOpen = true;
    }, this.#failed);
  }

  /** Shows a conversation, or the blank one that the next message will start. */
  show(id: string | undefined): void {
    const left = this.current;
    this.current = this.#sessionOf(id);
    this.current.open();
    // What nobody looks at need not follow the database; a running answer goes on all the same.
    if (left !== this.current && !left?.isAnswering) left?.close();
  }

  rename(id: string, title: string): void {
    const trimmed = title.trim();
    if (trimmed) this.#host.store.rename(id, trimmed).catch(this.#failed);
  }

  async delete(id: string): Promise<void> {
    const { store, notices } = this.#host;
    await this.#sessions[id]?.stop();
    this.#sessions[id]?.close();
    this.#sessions = Object.fromEntries(Object.entries(this.#sessions).filter(([key]) => key !== id));
    try {
      const deleted = await store.delete(id);
      if (!deleted) return;
      const undo = (): void => void store.restore(deleted).catch(this.#failed);
      notices.info(`“${deleted.conversation.title}” was deleted.`, { label: 'Undo', run: undo });
    } catch (thrown) {
      notices.failed(thrown);
    }
  }

  isAnswering(id: string): boolean {
    return this.#sessions[id]?.isAnswering ?? false;
  }

  /** Answers that a closed tab left behind go on, or are told as cut, whether or not anybody looks at them. */
  takeUp(ids: readonly string[]): void {
    for (const id of ids) this.#sessionOf(id).open();
  }

  #sessionOf(id: string | undefined): ChatSession {
    // Once the blank one has a message it is a conversation, and the next blank one is new.
    if (this.#blank.conversation) {
      this.#sessions = { ...this.#sessions, [this.#blank.id]: this.#blank };
      this.#blank = new ChatSession(newId(), this.#host);
    }
    if (id === undefined) return this.#blank;
    const session = this.#sessions[id] ?? new ChatSession(id, this.#host);
    this.#sessions = { ...this.#sessions, [id]: session };
    return session;
  }

  readonly #failed = (thrown: unknown): void => this.#host.notices.failed(thrown);
}
