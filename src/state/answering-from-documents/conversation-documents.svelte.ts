/** From which documents a conversation is answered: the lane's choice, or its own, also before its first message. */
import type { Conversation } from '../../core/conversation';
import { type DocumentChoice, isFiltering, usualRetrieval } from '../../core/retrieval';
import type { ConversationStore } from '../../storage/conversation-store';
import type { Notices } from '../notices.svelte';
import type { Respondent } from '../respondent';
import type { DocumentSource } from './document-source';

interface ChoosingHost {
  readonly store: ConversationStore;
  readonly notices: Notices;
  readonly respondent: Respondent;
  readonly documents?: () => Promise<DocumentSource>;
}

/** What of a conversation it reads and changes. */
interface ChoosingConversation {
  readonly id: string;
  conversation: Conversation | undefined;
}

export class ConversationDocuments {
  readonly #host: ChoosingHost;
  readonly #owner: ChoosingConversation;
  /** Before there is a conversation to keep it. */
  #early = $state.raw<Partial<DocumentChoice>>({});

  constructor(host: ChoosingHost, owner: ChoosingConversation) {
    this.#host = host;
    this.#owner = owner;
  }

  get choice(): DocumentChoice {
    const { documents } = this.#host.respondent;
    if (documents) return documents;
    const {
      collectionIds = [],
      retrieval = usualRetrieval,
      documentFilter: filter,
    } = this.#owner.conversation ?? this.beginning;
    return { collectionIds, settings: retrieval, ...(isFiltering(filter) && { filter }) };
  }

  /** Resolves once what is kept was read; undefined where there are no documents. */
  async openSource(): Promise<DocumentSource | undefined> {
    const source = await this.#host.documents?.();
    await source?.open();
    return source;
  }

  /** For the first row of the conversation. */
  get beginning(): Pick<Conversation, 'collectionIds' | 'retrieval' | 'documentFilter'> {
    const { collectionIds, settings, filter } = this.#early;
    return {
      ...(collectionIds && collectionIds.length > 0 && { collectionIds }),
      ...(settings && { retrieval: settings }),
      ...(filter && { documentFilter: filter }),
    };
  }

  /** Takes effect with the next answer; an empty filter takes the one before away. That of a lane is part of its settings. */
  change(change: Partial<DocumentChoice>): void {
    const { store, notices } = this.#host;
    const { id, conversation } = this.#owner;
    if (!conversation) {
      this.#early = { ...this.#early, ...change };
      return;
    }
    const { collectionIds, settings, filter = {} } = { ...this.choice, ...change };
    const chosen = { collectionIds, retrieval: settings, documentFilter: filter };
    this.#owner.conversation = { ...conversation, ...chosen };
    store.setDocuments(id, chosen).catch((thrown: unknown) => notices.failed(thrown));
  }
}
