/** The worker's entry: holds the indexes of all collections, and answers one request after the other. */
import { BackendError } from '../../core/backend-error';
import { nextTask } from '../../platform/next-task';
import { CollectionIndexes } from './collection-indexes';
import type { SearchReply, SearchRequest } from './search-protocol';

type Job = Extract<SearchRequest, { type: 'job' }>;

const indexes = new CollectionIndexes();
const post = (reply: SearchReply): void => self.postMessage(reply);
let waiting: Job[] = [];
let isAnswering = false;

self.addEventListener('message', ({ data }: MessageEvent<SearchRequest>) => {
  if (data.type === 'abort') {
    waiting = waiting.filter(({ id, job }) => id !== data.id || job.type !== 'search');
  } else {
    waiting.push(data);
    if (!isAnswering) void answerAll();
  }
});

async function answerAll(): Promise<void> {
  isAnswering = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    post(await answer(next));
    // What has come in meanwhile may say that nobody waits for the next one.
    if (waiting.length > 0) await nextTask();
  }
  isAnswering = false;
}

async function answer({ id, job }: Job): Promise<SearchReply> {
  try {
    const found = await indexes.run(job);
    return found ? { id, type: 'found', found } : { id, type: 'done' };
  } catch (thrown) {
    return { id, type: 'failed', error: BackendError.from(thrown).toPlain() };
  }
}
