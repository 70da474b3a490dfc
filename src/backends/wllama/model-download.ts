/** Fetches a model file from our own origin, counting bytes. Resuming a broken download is not done here. */
import type { LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { LocalModelFile } from '../../core/connection';

/** Milliseconds between two reports. */
const reportEvery = 50;

/** @throws BackendError, the signal's reason, or whatever `write` throws */
export async function downloadModel(
  file: LocalModelFile,
  write: (chunk: Uint8Array<ArrayBuffer>) => Promise<void> | void,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const body = await request(file, signal);
  const report = throttled((loaded: number) => onProgress({ phase: 'download', loaded, total: file.bytes }));
  const reader = body.getReader();
  let loaded = 0;
  report(0);
  try {
    for (;;) {
      const { done, value } = await readNext(reader, file, signal);
      if (done) break;
      await write(value);
      loaded += value.byteLength;
      report(loaded);
    }
    onProgress({ phase: 'download', loaded, total: file.bytes });
  } finally {
    // Cancels what was left when writing failed; a body read to its end does not mind.
    reader.cancel().catch(() => undefined);
  }
}

async function request(
  file: LocalModelFile,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  let response: Response;
  try {
    // A copy in the HTTP cache would only take the space that the kept file needs.
    response = await fetch(file.url, { signal, cache: 'no-store' });
  } catch (thrown) {
    throw signal.aborted ? thrown : cutOff(file, thrown);
  }
  if (response.status === 404 || response.status === 410) throw missing(file);
  if (!response.ok || !response.body) throw refused(file, response.status);
  if (response.headers.get('content-type')?.includes('text/html')) throw webPage(file);
  return response.body;
}

async function readNext(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  file: LocalModelFile,
  signal: AbortSignal,
): Promise<ReadableStreamReadResult<Uint8Array<ArrayBuffer>>> {
  try {
    return await reader.read();
  } catch (thrown) {
    throw signal.aborted ? thrown : cutOff(file, thrown);
  }
}

function throttled(report: (loaded: number) => void): (loaded: number) => void {
  let reportedAt = -Infinity;
  return (loaded) => {
    const now = performance.now();
    if (now - reportedAt < reportEvery) return;
    reportedAt = now;
    report(loaded);
  };
}

function missing(file: LocalModelFile): BackendError {
  return new BackendError('model-not-found', `The file of ${file.label} is not on this server.`, {
    hint: 'Run `npm start` again while the network is up, or put a GGUF file into models/ and reload the page.',
  });
}

function refused(file: LocalModelFile, status: number): BackendError {
  return new BackendError('load-failed', `The server did not give out ${file.label} (status ${status}).`, {
    status,
    hint: 'Look at the output of `npm start`, then load the model again.',
  });
}

function webPage(file: LocalModelFile): BackendError {
  return new BackendError('load-failed', `A web page came instead of the file of ${file.label}.`, {
    hint: 'Open the page at the address that `npm start` prints, then load the model again.',
  });
}

function cutOff(file: LocalModelFile, thrown: unknown): BackendError {
  return new BackendError(
    'unreachable',
    `The download of ${file.label} broke off.`,
    { hint: 'Check that `npm start` is still running, then load the model again.' },
    thrown,
  );
}
