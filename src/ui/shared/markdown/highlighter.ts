/** The page's side of the highlighting worker, which starts with the first code block that needs it. */
import { startWorker } from '../../../platform/start-worker';
import type { HighlightReply, HighlightRequest, LanguageId, PaintedLine } from './highlight-protocol';
import workerUrl from './highlight.worker.ts?worker&url';

type OnLines = (lines: readonly PaintedLine[]) => void;

/** Longer code stays plain: nobody reads it for its colours. */
const maxLength = 200_000;

const listeners = new Map<number, (reply: HighlightReply) => void>();
let worker: Worker | undefined;
let lastId = 0;

/**
 * @param onLines gets all lines that are coloured so far, more with every call
 * @returns stops listening
 */
export function highlight(code: string, languageId: LanguageId, onLines: OnLines): () => void {
  if (code.length > maxLength) return () => undefined;
  const id = ++lastId;
  let lines: readonly PaintedLine[] = [];
  listeners.set(id, (reply) => {
    lines = [...lines, ...reply.lines];
    onLines(lines);
    if (reply.isLast) listeners.delete(id);
  });
  worker ??= startHighlighting();
  worker.postMessage({ id, code, languageId } satisfies HighlightRequest);
  return () => listeners.delete(id);
}

function startHighlighting(): Worker {
  const started = startWorker(workerUrl);
  started.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) =>
    listeners.get(data.id)?.(data),
  );
  return started;
}
