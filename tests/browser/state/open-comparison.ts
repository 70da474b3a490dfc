/** A comparison over real storage, in front of servers whose answers the test gives. */
import type { RelayConfig, RelayStatus } from '../../../relay/contract';
import { LaneScheduler } from '../../../src/compare/scheduling/lane-scheduler';
import type { LaneSetup } from '../../../src/core/comparison';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ComparisonSession } from '../../../src/state/comparison/comparison-session.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { PageRespondent } from '../../../src/state/page-respondent';
import { Settings } from '../../../src/state/settings.svelte';
import { VoteLog } from '../../../src/state/judge/vote-log.svelte';
import { ComparisonStore } from '../../../src/storage/comparison-store';
import { ConversationStore } from '../../../src/storage/conversation-store';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';
import { VoteStore } from '../../../src/storage/vote-store';
import { answerAsRelay } from './answer-as-relay';

const upstream = { id: 'lab', kind: 'vllm', label: 'Lab' } as const;
const config: RelayConfig = {
  backendType: 'vllm',
  upstreams: [upstream],
  localModels: [],
  version: '1',
};
const status: RelayStatus = {
  upstreams: [
    {
      ...upstream,
      url: 'http://lab.test',
      hasKey: false,
      state: 'ready',
      version: '0.12.0',
      models: [
        { id: 'm', contextLength: 2048, source: '/models/m', digest: 'd5' },
        { id: 'n', contextLength: 8192 },
      ],
    },
  ],
};

export interface AskedBody {
  readonly model: string;
  readonly temperature?: number;
  readonly seed?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export interface OpenedComparison {
  readonly session: ComparisonSession;
  readonly settings: Settings;
  readonly backends: BackendStore;
  readonly database: SwitchyardDatabase;
  /** What the servers were asked, in order. */
  readonly asked: readonly AskedBody[];
}

/** @param reply to each question; it may wait */
export async function openComparison(
  lanes: readonly Pick<LaneSetup, 'modelId' | 'own'>[],
  reply: (body: AskedBody, index: number) => string | Promise<string>,
): Promise<OpenedComparison> {
  const asked: AskedBody[] = [];
  answerAsRelay({
    config,
    status,
    chat: async (_server, init) => {
      const body = JSON.parse(init?.body as string) as AskedBody;
      asked.push(body);
      return streamed(await reply(body, asked.length - 1));
    },
  });
  const database = new SwitchyardDatabase(`comparison-${crypto.randomUUID()}`);
  const notices = new Notices();
  const settings = new Settings(new SettingStore(database), notices);
  const backends = new BackendStore(settings, new ModelLibrary(), location.origin);
  await backends.refresh(new AbortController().signal);
  const now = Date.now();
  const session = new ComparisonSession(
    {
      id: crypto.randomUUID(),
      title: '',
      isTitleChosen: false,
      createdAt: now,
      updatedAt: now,
      lanes: lanes.map((lane) => ({
        ...lane,
        backendId: 'lab',
        id: crypto.randomUUID(),
        conversationId: crypto.randomUUID(),
      })),
      common: { params: {}, systemPrompt: '' },
      mode: 'by-resource',
      scrollsTogether: false,
    },
    {
      store: new ConversationStore(database),
      votes: new VoteLog(new VoteStore(database), notices),
      comparisons: new ComparisonStore(database),
      scheduler: new LaneScheduler(),
      respondent: new PageRespondent(backends, settings),
      origin: location.origin,
      backends,
      settings,
      notices,
    },
  );
  return { session, settings, backends, database, asked };
}

function streamed(text: string): Response {
  const delta = { choices: [{ delta: { content: text }, finish_reason: 'stop' }] };
  return new Response(`data: ${JSON.stringify(delta)}\n\ndata: [DONE]\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}
