/** Builds storage and state once, wired by hand: the only place that knows who needs whom. */
import { BackendStore } from '../state/backend-store.svelte';
import { ConversationList } from '../state/conversation-list.svelte';
import { ModelLibrary } from '../state/model-library.svelte';
import { Notices } from '../state/notices.svelte';
import { PageRespondent } from '../state/page-respondent';
import { Settings } from '../state/settings.svelte';
import { ConversationStore } from '../storage/conversation-store';
import { SwitchyardDatabase } from '../storage/database';
import { SettingStore } from '../storage/setting-store';

export interface Services {
  readonly notices: Notices;
  readonly settings: Settings;
  readonly library: ModelLibrary;
  readonly backends: BackendStore;
  readonly conversations: ConversationList;
}

export function createServices(origin: string): Services {
  const database = new SwitchyardDatabase();
  const notices = new Notices();
  const settings = new Settings(new SettingStore(database), notices);
  const library = new ModelLibrary();
  const backends = new BackendStore(settings, library, origin);
  const store = new ConversationStore(database);
  const conversations = new ConversationList({
    store,
    backends,
    settings,
    notices,
    respondent: new PageRespondent(backends, settings),
  });
  return { notices, settings, library, backends, conversations };
}

/** Opens storage and asks who answers. What fails is shown by the notices and the backend list. */
export async function startServices(services: Services): Promise<void> {
  services.conversations.open();
  await services.settings.open();
  await services.backends.refresh(new AbortController().signal);
}
