/** Brings one file to its full size: goes on where it was cut, over as many attempts and sources as it takes. */
import { BackendError } from '../../core/backend-error';
import type { ModelFile } from '../../core/local-model';
import { type FetchedPart, fetchPart, type Get, Interruption, leave } from './fetch-part';
import type { PartFile } from './part-file';
import { startsLike } from './starts-like';

/** Attempts in a row that were not fruitful, after which a server is given up. */
const usualPatience = 6;
/** Milliseconds before the second attempt; doubles with each. */
const firstPause = 500;
/** Milliseconds before an attempt that follows a fruitful one. */
const shortPause = 50;
/** Bytes that make an attempt fruitful; a server that gives a few and cuts is not hurried. */
const fruitful = 64 * 1024;
const longestPause = 30_000;

/** @throws BackendError, or the signal's reason; what has arrived stays in `part` */
export async function downloadFile(
  file: ModelFile,
  part: PartFile,
  onProgress: () => void,
  get: Get,
  signal: AbortSignal,
  patience = usualPatience,
): Promise<void> {
  if (part.size > file.bytes) part.truncate(0);
  let refusal: BackendError | undefined;
  for (const source of file.sources) {
    try {
      return await downloadFrom(source, file, part, onProgress, get, signal, patience);
    } catch (thrown) {
      if (!(thrown instanceof BackendError) || thrown.code === 'storage-full') throw thrown;
      // The first source is the nearest, so its words are the most useful ones, unless it just has no such file.
      if (!refusal || refusal.code === 'model-not-found') refusal = thrown;
    }
  }
  throw refusal ?? noSource(file);
}

async function downloadFrom(
  source: string,
  file: ModelFile,
  part: PartFile,
  onProgress: () => void,
  get: Get,
  signal: AbortSignal,
  patience: number,
): Promise<void> {
  let fruitless = 0;
  let etag: string | undefined;
  while (part.size < file.bytes) {
    const before = part.size;
    try {
      const fetched = await fetchPart(source, file, part.size, get, signal);
      const hasChanged = etag !== undefined && fetched.etag !== undefined && etag !== fetched.etag;
      if (hasChanged && fetched.from > 0) {
        // Another version of the file: its bytes must not be mixed with the earlier ones.
        await leave(fetched.body);
        part.truncate(0);
        etag = undefined;
        continue;
      }
      etag = fetched.etag;
      if (fetched.from === 0 && part.size > 0) part.truncate(0);
      await append(fetched.body, file, part, onProgress, signal);
      if (part.size < file.bytes) throw new Interruption('The connection closed early.');
    } catch (thrown) {
      if (thrown instanceof BackendError && thrown.detail.status === 416) {
        part.truncate(0);
      } else if (!(thrown instanceof Interruption)) {
        throw thrown;
      }
      fruitless = part.size - before >= fruitful ? 0 : fruitless + 1;
      if (fruitless >= patience) throw cutOff(file, thrown);
      await pause(pauseAfter(fruitless, thrown), signal);
    }
  }
}

async function append(
  body: FetchedPart['body'],
  file: ModelFile,
  part: PartFile,
  onProgress: () => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const chunk of body) {
      if (part.size === 0 && !startsLike(file.path, chunk)) throw otherContent(file);
      if (part.size + chunk.byteLength > file.bytes) {
        part.truncate(0);
        throw otherContent(file);
      }
      part.append(chunk);
      onProgress();
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown instanceof TypeError ? new Interruption('The connection broke.', undefined, thrown) : thrown;
  } finally {
    part.write();
  }
}

function pauseAfter(fruitless: number, thrown: unknown): number {
  const asked = thrown instanceof Interruption ? thrown.retryAfterMs : undefined;
  return Math.min(longestPause, asked ?? (fruitless === 0 ? shortPause : firstPause * 2 ** (fruitless - 1)));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function cutOff({ path }: ModelFile, thrown: unknown): BackendError {
  return new BackendError(
    'unreachable',
    `The download of ${path} broke off, and the server no longer answers.`,
    { hint: 'What has arrived is kept. Check the network, then resume.' },
    thrown,
  );
}

function otherContent({ path }: ModelFile): BackendError {
  return new BackendError('load-failed', `What came is not ${path}.`, {
    hint: 'The address answers with something else, perhaps a page to sign in. Nothing of it was kept.',
  });
}

function noSource({ path }: ModelFile): BackendError {
  return new BackendError('model-not-found', `Nobody is known who has ${path}.`, {
    hint: 'Open the file from your disk once more.',
  });
}
