/** One cell as a row: loads the model, asks it, and keeps what came with the figures. Never throws. */
import type { Backend, ChatRequest, LoadedModel } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { BatchSource, CellResult } from '../../core/batch';
import { collectAnswer } from '../../core/collect-answer';
import type { Circumstances } from '../../core/conversation';

export interface CellBackend {
  readonly source: BatchSource;
  /** @throws BackendError */
  load(
    request: Pick<ChatRequest, 'modelId' | 'params'>,
    onProgress: () => void,
    signal: AbortSignal,
  ): Promise<LoadedModel>;
  /** @throws BackendError */
  backend(): Promise<Pick<Backend, 'chat' | 'takesTools'>>;
}

export interface CellQuestion {
  readonly cell: number;
  readonly attempt: number;
  /** @throws BackendError where a variable has no value */
  readonly request: () => ChatRequest;
  /** What went on around the answer; asked once it has ended. */
  readonly circumstances?: () => Circumstances | undefined;
}

/** Undefined where it was stopped. */
export async function answerCell(
  { cell, attempt, request: read, circumstances }: CellQuestion,
  { source, ...asked }: CellBackend,
  signal: AbortSignal,
): Promise<CellResult | undefined> {
  const base = { cell, startedAt: Date.now(), attempts: attempt, source } as const;
  try {
    const request = read();
    const backend = await asked.backend();
    let begun: number | undefined;
    const loaded = await asked.load(request, () => (begun ??= performance.now()), signal);
    const { runsOn, contextLength, notice, timings: loadTimings } = loaded;
    const loadMs = begun === undefined ? undefined : performance.now() - begun;
    const answer = await collectAnswer(backend, request, signal, { loadMs, loadTimings });
    if (answer.endReason === 'aborted') return undefined;
    const { error, contextLength: told, corrections, ...rest } = answer;
    const around = circumstances?.();
    return {
      ...base,
      ...rest,
      state: error ? 'failed' : 'done',
      loaded: { runsOn, contextLength: told ?? contextLength, notice },
      ...(around && { circumstances: around }),
      ...(corrections.length > 0 && { corrections }),
      ...(error && { error: error.toPlain() }),
    };
  } catch (thrown) {
    if (signal.aborted) return undefined;
    const error = BackendError.from(thrown);
    const { effects = [] } = error.detail;
    return { ...base, state: 'failed', text: '', reasoning: '', effects, error: error.toPlain() };
  }
}
