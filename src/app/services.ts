/** Builds storage and state once, wired by hand: the only place that knows who needs whom. */
import type { LaneScheduler } from '../compare/scheduling/lane-scheduler';
import type { PageArchive } from '../state/archive/page-archive';
import type { BatchList } from '../state/batch/batch-list.svelte';
import type { ComparisonList } from '../state/comparison/comparison-list.svelte';
import { BackendStore } from '../state/backend-store.svelte';
import type { DocumentLibrary } from '../state/documents/document-library.svelte';
import { ConversationList } from '../state/conversation-list.svelte';
import type { ChatSessionHost } from '../state/chat-session-host';
import { ModelLibrary } from '../state/model-library.svelte';
import { Notices } from '../state/notices.svelte';
import { PageRespondent } from '../state/page-respondent';
import { Settings } from '../state/settings.svelte';
import { ConversationStore } from '../storage/conversation-store';
import { SwitchyardDatabase } from '../storage/database';
import { hasUnfinishedDocuments } from '../storage/has-unfinished-documents';
import { SettingStore } from '../storage/setting-store';

export interface Services {
  readonly store: ConversationStore;
  /** Made when the screen is first opened, for its code is not part of the first load. */
  readonly comparisons: () => Promise<ComparisonList>;
  readonly batches: () => Promise<BatchList>;
  readonly documents: () => Promise<DocumentLibrary>;
  /** Goes on with the documents that a closed page left undone, if there are any. */
  readonly takeUpDocuments: () => Promise<void>;
  /** Made when it is asked for. */
  readonly archive: () => Promise<PageArchive>;
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
  const models = new ModelLibrary();
  const backends = new BackendStore(settings, models, origin);
  const store = new ConversationStore(database);
  const respondent = new PageRespondent(backends, settings);
  let comparisons: Promise<ComparisonList> | undefined;
  let batches: Promise<BatchList> | undefined;
  let library: Promise<DocumentLibrary> | undefined;
  const documents = (): Promise<DocumentLibrary> =>
    (library ??= import('./create-documents').then(({ createDocuments }) =>
      createDocuments(database, backends, notices, models),
    ));
  const host = { store, backends, settings, notices, respondent, documents };
  const conversations = new ConversationList(host);
  const machine = { database, origin, scheduler: sharedScheduler() };
  return {
    store,
    notices,
    settings,
    library: models,
    backends,
    conversations,
    comparisons: () => (comparisons ??= createComparisons(host, machine)),
    batches: () => (batches ??= createBatches(host, machine)),
    documents,
    archive: async () => {
      const { createArchive } = await import('./create-archive');
      return createArchive(database, store, await documents());
    },
    takeUpDocuments: async () => {
      if (await hasUnfinishedDocuments(database)) await (await documents()).open();
    },
  };
}

/** What comparisons and batches share. */
interface Machine {
  readonly database: SwitchyardDatabase;
  readonly origin: string;
  readonly scheduler: () => Promise<LaneScheduler>;
}

function sharedScheduler(): Machine['scheduler'] {
  let scheduler: Promise<LaneScheduler> | undefined;
  const create = async (): Promise<LaneScheduler> => {
    const { LaneScheduler } = await import('../compare/scheduling/lane-scheduler');
    return new LaneScheduler();
  };
  return () => (scheduler ??= create());
}

async function createComparisons(
  host: ChatSessionHost,
  { database, origin, scheduler: shared }: Machine,
): Promise<ComparisonList> {
  const [{ ComparisonList }, { ComparisonStore }, { VoteLog }, { VoteStore }, scheduler] = await Promise.all([
    import('../state/comparison/comparison-list.svelte'),
    import('../storage/comparison-store'),
    import('../state/judge/vote-log.svelte'),
    import('../storage/vote-store'),
    shared(),
  ]);
  const votes = new VoteLog(new VoteStore(database), host.notices);
  const comparisons = new ComparisonStore(database);
  return new ComparisonList({ ...host, comparisons, votes, scheduler, origin });
}

async function createBatches(
  { backends, settings, notices }: ChatSessionHost,
  { database, origin, scheduler: shared }: Machine,
): Promise<BatchList> {
  const [{ BatchList }, { BatchStore }, { matchPattern }, { runInSandbox }, scheduler] = await Promise.all([
    import('../state/batch/batch-list.svelte'),
    import('../storage/batch-store'),
    import('../platform/apart/match-pattern'),
    import('../platform/apart/run-in-sandbox'),
    shared(),
  ]);
  const batches = new BatchStore(database);
  const checks = { matchesPattern: matchPattern, runCode: runInSandbox };
  return new BatchList({ backends, settings, notices, batches, checks, scheduler, origin });
}

/** Opens storage and asks who answers. What fails is shown by the notices and the backend list. */
export async function startServices(services: Services): Promise<void> {
  services.conversations.open();
  takeUpAnswers(services).catch((thrown: unknown) => services.notices.failed(thrown));
  await services.settings.open();
  await services.backends.refresh(new AbortController().signal);
  services.takeUpDocuments().catch((thrown: unknown) => services.notices.failed(thrown));
}

/** Answers of a tab that went away go on, in conversations and in the lanes of comparisons. */
async function takeUpAnswers({ store, conversations, comparisons }: Services): Promise<void> {
  const { conversationIds, comparisonIds } = await store.unfinished();
  conversations.takeUp(conversationIds);
  if (comparisonIds.length > 0) await (await comparisons()).takeUp(comparisonIds);
}
