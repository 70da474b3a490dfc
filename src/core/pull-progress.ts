/** A model on its way to a server: which layers it has and how much of each is there. */

export interface PullLayer {
  readonly digest: string;
  /** Bytes. */
  readonly total: number;
  readonly completed: number;
}

export interface PullProgress {
  /** In the server's words. */
  readonly status: string;
  /** In the order in which the server named them. */
  readonly layers: readonly PullLayer[];
}

/** One line of the server's report. */
export interface PullReport {
  readonly status: string;
  readonly digest?: string | undefined;
  readonly total?: number | undefined;
  readonly completed?: number | undefined;
}

export const noPullProgress: PullProgress = { status: '', layers: [] };

export function afterReport({ layers }: PullProgress, report: PullReport): PullProgress {
  const { status, digest, total, completed = 0 } = report;
  if (digest === undefined || total === undefined) return { status, layers };
  const layer = { digest, total, completed };
  const isKnown = layers.some((one) => one.digest === digest);
  const others = layers.map((one) => (one.digest === digest ? layer : one));
  return { status, layers: isKnown ? others : [...layers, layer] };
}

/** Of the layers that the server has named so far: it names each only when its turn comes. */
export function sumOf({ layers }: PullProgress): { readonly total: number; readonly completed: number } {
  return layers.reduce(
    (sum, { total, completed }) => ({
      total: sum.total + total,
      completed: sum.completed + Math.min(completed, total),
    }),
    { total: 0, completed: 0 },
  );
}
