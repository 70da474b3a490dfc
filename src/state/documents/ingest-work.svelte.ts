/** How far the work on documents is, for everybody who shows it. */
import { SvelteMap } from 'svelte/reactivity';
import type { BackendError } from '../../core/backend-error';

export class IngestWork {
  isPaused = $state.raw(false);
  /** Another tab of this page works on the documents. */
  isElsewhere = $state.raw(false);
  /** Names of the documents that are worked on; empty while nothing is. */
  doing = $state.raw<readonly string[]>([]);
  /** Documents since the work began; both are 0 again once nothing is left. */
  done = $state.raw(0);
  total = $state.raw(0);
  /** Absent until it can be told. */
  secondsLeft = $state.raw<number>();
  /** Files that are being copied and compared before they become documents. */
  adding = $state.raw<{ readonly done: number; readonly total: number }>();
  /** Why vectors are not made at present, by collection; `retryEmbedding` tries again. */
  readonly embeddingErrors = new SvelteMap<string, BackendError>();

  get isWorking(): boolean {
    return this.done < this.total || this.adding !== undefined;
  }
}
