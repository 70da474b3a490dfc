/** What page and bare worker say to each other, and the worker's side of it: nothing but the engine's own calls. */
import type { LocalModel } from '../../../src/core/local-model';
import type { OpenedFile } from '../../../src/core/model-shelf';
import type { Counts, Question } from './subject';

export interface RawLoad {
  readonly model: LocalModel;
  readonly files: readonly OpenedFile[];
  readonly contextLength: number;
  readonly threads: number;
}

export type RawRequest = ({ readonly type: 'load' } & RawLoad) | ({ readonly type: 'answer' } & Question);

export type RawReply =
  | { readonly type: 'loaded' | 'first text' }
  | { readonly type: 'answered'; readonly counts: Counts }
  | { readonly type: 'failed'; readonly said: string };

/** `onText` may be called for every piece of text: only the first one is told to the page. */
export type RawAnswer = (question: Question, onText: () => void) => Promise<Counts>;

export function serveRaw(load: (request: RawLoad) => Promise<RawAnswer>): void {
  let answer: RawAnswer | undefined;
  const post = (reply: RawReply): void => self.postMessage(reply);

  async function run(request: RawRequest): Promise<RawReply> {
    if (request.type === 'load') {
      answer = await load(request);
      return { type: 'loaded' };
    }
    if (!answer) throw new Error('Nothing is loaded.');
    let isFirst = true;
    const counts = await answer(request, () => {
      if (isFirst) post({ type: 'first text' });
      isFirst = false;
    });
    return { type: 'answered', counts };
  }

  self.addEventListener('message', (event: MessageEvent<RawRequest>) => {
    run(event.data).then(post, (thrown: unknown) => post({ type: 'failed', said: String(thrown) }));
  });
}
