/** The worker's entry: reads a file and divides its text, so that the page stays free. */
import { BackendError } from '../../core/backend-error';
import type { Chunk, DocumentText, ReadDocument } from '../../core/document';
import { splitChunks } from '../chunking/split-chunks';
import { tokenCounter } from '../chunking/token-counter';
import { guessLanguage } from '../keywords/guess-language';
import { readDocument } from './read-document';
import type { ChunkRequest, ReadingReply, ReadingRequest } from './reading-protocol';
import { unreadable } from './unreadable';

const post = (reply: ReadingReply): void => self.postMessage(reply);
/** The page ends the whole worker instead: a parser does not listen while it works. */
const { signal } = new AbortController();

self.addEventListener('message', ({ data }: MessageEvent<ReadingRequest>) => void answer(data));

async function answer(request: ReadingRequest): Promise<void> {
  try {
    post({ type: 'done', result: request.type === 'read' ? await read(request) : await splitAgain(request) });
  } catch (thrown) {
    post({ type: 'failed', error: failureOf(request.name, thrown).toPlain() });
  }
}

type Request<Type> = Extract<ReadingRequest, { readonly type: Type }>;

async function splitAgain({ read, chunks }: Request<'split'>): Promise<ReadDocument> {
  return { ...read, chunks: await split(read.document, chunks) };
}

async function split(document: DocumentText, chunks: ChunkRequest): Promise<Chunk[]> {
  return splitChunks(document, chunks, await tokenCounter(chunks.tokenizer));
}

async function read({ name, kind, file, chunks }: Request<'read'>): Promise<ReadDocument> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const report = (done: number, total: number): void => post({ type: 'progress', done, total });
  const document = await readDocument({ name, bytes, kind }, report, signal);
  const language = guessLanguage(document.text);
  return {
    document,
    chunks: await split(document, chunks),
    ...(language !== undefined && { language }),
  };
}

/** A parser that throws has met a file that it does not understand. */
function failureOf(name: string, thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'NotReadableError') {
    return unreadable(`${name} could not be opened: it was changed or removed.`, 'Add it again.', thrown);
  }
  if (thrown instanceof RangeError)
    return unreadable(`${name} is too large for the memory of this page.`, undefined, thrown);
  return unreadable(
    `${name} could not be read: it is damaged, or of a kind that is not known here.`,
    undefined,
    thrown,
  );
}
