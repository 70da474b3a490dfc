/** The worker's entry: runs download jobs and reports a few times a second. */
import { BackendError } from '../../core/backend-error';
import type { DownloadProgress, DownloadReply, DownloadRequest } from './download-protocol';
import { downloadModel, importModel, recheckModel } from './model-job';

/** Milliseconds between two reports of the same kind. */
const reportEvery = 100;

const running = new Map<number, AbortController>();
const post = (reply: DownloadReply): void => self.postMessage(reply);

self.addEventListener('message', (event: MessageEvent<DownloadRequest>) => {
  const { data } = event;
  if (data.type === 'abort') running.get(data.id)?.abort();
  else void answer(data);
});

async function answer(request: Exclude<DownloadRequest, { type: 'abort' }>): Promise<void> {
  const { id, model } = request;
  const controller = new AbortController();
  running.set(id, controller);
  const report = throttled((progress) => post({ id, type: 'progress', progress }));
  const { signal } = controller;
  try {
    if (request.type === 'download') await downloadModel(model, report, signal);
    else if (request.type === 'import') await importModel(model, request.files, report, signal);
    else await recheckModel(model, report, signal);
    post({ id, type: 'done' });
  } catch (thrown) {
    if (signal.aborted) post({ id, type: 'aborted' });
    else post({ id, type: 'failed', error: BackendError.from(thrown).toPlain() });
  } finally {
    running.delete(id);
  }
}

function throttled(report: (progress: DownloadProgress) => void): (progress: DownloadProgress) => void {
  let reportedAt = -Infinity;
  let phase: DownloadProgress['phase'] | undefined;
  return (progress) => {
    const now = performance.now();
    const isLast = progress.loaded === progress.total;
    if (progress.phase === phase && !isLast && now - reportedAt < reportEvery) return;
    reportedAt = now;
    phase = progress.phase;
    report(progress);
  };
}
