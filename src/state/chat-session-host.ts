/** What a conversation needs from the rest of the page. */
import type { ConversationStore } from '../storage/conversation-store';
import type { DocumentSource } from './answering-from-documents/document-source';
import type { BackendStore } from './backend-store.svelte';
import type { LaneTurn } from './lane-turn';
import type { Notices } from './notices.svelte';
import type { Respondent } from './respondent';
import type { Settings } from './settings.svelte';

export interface ChatSessionHost {
  readonly store: ConversationStore;
  readonly backends: BackendStore;
  readonly settings: Settings;
  readonly notices: Notices;
  readonly respondent: Respondent;
  /** The documents that answers can be given from, made on first use; absent where there are none. */
  readonly documents?: () => Promise<DocumentSource>;
  /** Present for a lane of a comparison: its conversations are listed there, and it waits for its turn. */
  readonly lane?: LaneTurn;
}
