/** What a conversation needs from the rest of the page. */
import type { ConversationStore } from '../storage/conversation-store';
import type { BackendStore } from './backend-store.svelte';
import type { Notices } from './notices.svelte';
import type { Settings } from './settings.svelte';

export interface ChatSessionHost {
  readonly store: ConversationStore;
  readonly backends: BackendStore;
  readonly settings: Settings;
  readonly notices: Notices;
}
