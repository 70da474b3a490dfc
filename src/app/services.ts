/** Builds storage and state once, wired by hand: the only place that knows who needs whom. */
import type { ComparisonList } from '../state/comparison/comparison-list.svelte';
import { BackendStore } from '../state/backend-store.svelte';
import { ConversationList } from '../state/conversation-list.svelte';
import type { ChatSessionHost } from '../state/chat-session-host';
import { ModelLibrary } from '../state/model-library.svelte';
import { Notices } from '../state/notices.svelte';
import { PageRespondent } from '../state/page-respondent';
import { Settings } from '../state/settings.svelte';
import { ConversationStore } from '../storage/conversation-store';
import { SwitchyardDatabase } from '../storage/database';
import { SettingStore } from '../storage/setting-store';

export interface Services {
  readonly store: ConversationStore;
  /** Made when the screen is first opened, for its code is not part of the first load. */
  readonly comparisons: () => Promise<ComparisonList>;
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
  const respondent = new PageRespondent(backends, settings);
  const host = { store, backends, settings, notices, respondent };
  const conversations = new ConversationList(host);
  let comparisons: Promise<ComparisonList> | undefined;
  return {
    store,
    notices,
    settings,
    library,
    backends,
    conversations,
    comparisons: () => (comparisons ??= createComparisons(host, database, origin)),
  };
}

async function createComparisons(
  host: ChatSessionHost,
  database: SwitchyardDatabase,
  origin: string,
): Promise<ComparisonList> {
  const [{ ComparisonList }, { ComparisonStore }, { LaneScheduler }, { VoteLog }, { VoteStore }] =
    await Promise.all([
      import('../state/comparison/comparison-list.svelte'),
      import('../storage/comparison-store'),
      import('../compare/scheduling/lane-scheduler'),
      import('../state/judge/vote-log.svelte'),
      import('../storage/vote-store'),
    ]);
  const comparisons = new ComparisonStore(database);
  const votes = new VoteLog(new VoteStore(database), host.notices);
  return new ComparisonList({ ...host, comparisons, votes, scheduler: new LaneScheduler(), origin });
}

/** Opens storage and asks who answers. What fails is shown by the notices and the backend list. */
export async function startServices(services: Services): Promise<void> {
  services.conversations.open();
  takeUpAnswers(services).catch((thrown: unknown) => services.notices.failed(thrown));
  await services.settings.open();
  await services.backends.refresh(new AbortController().signal);
}

/** Answers of a tab that went away go on, in conversations and in the lanes of comparisons. */
async function takeUpAnswers({ store, conversations, comparisons }: Services): Promise<void> {
  const { conversationIds, comparisonIds } = await store.unfinished();
  conversations.takeUp(conversationIds);
  if (comparisonIds.length > 0) await (await comparisons()).takeUp(comparisonIds);
}
