/** What a GGUF file says of itself in its header, read by ranges: a few megabytes of a file of gigabytes. */
import { gguf } from '@huggingface/gguf';
import { BackendError } from '../../core/backend-error';
import type { ModelShape } from '../../core/local-model';

export interface GgufFacts {
  readonly name?: string;
  readonly contextLength?: number;
  readonly shape?: ModelShape;
  /** Bytes that the header says the file has at least; a shorter one is cut. */
  readonly leastBytes: number;
}

/** @param source an address, or a file of this device. @throws BackendError `load-failed` */
export async function readGguf(source: string | Blob, signal: AbortSignal): Promise<GgufFacts> {
  const address = typeof source === 'string' ? source : 'https://file.invalid/model.gguf';
  const ranged: typeof fetch = async (_input, init) => {
    const range = rangeIn(init);
    return new Response(
      await (typeof source === 'string' ? read(source, range, signal) : slice(source, range)),
    );
  };
  try {
    const { metadata, tensorInfos, tensorDataOffset } = await gguf(address, { fetch: ranged });
    const fields: Readonly<Record<string, unknown>> = { ...metadata };
    const named = fields['general.architecture'];
    const architecture = typeof named === 'string' ? named : 'unknown';
    const ofArchitecture = (field: string): number | undefined => {
      const value = fields[`${architecture}.${field}`];
      // Some writers take 64 bits for every whole number.
      return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
    };
    const name = fields['general.name'];
    const contextLength = ofArchitecture('context_length');
    const shape = shapeOf(ofArchitecture);
    const last = tensorInfos.reduce((most, { offset }) => (offset > most ? offset : most), 0n);
    return {
      leastBytes: Number(tensorDataOffset + last),
      ...(typeof name === 'string' && { name }),
      ...(contextLength !== undefined && { contextLength }),
      ...(shape && { shape }),
    };
  } catch (thrown) {
    signal.throwIfAborted();
    throw new BackendError(
      'load-failed',
      'This is not a GGUF file that can be read.',
      { hint: 'It may be cut, or another kind of file. Download it again, or choose another one.' },
      thrown,
    );
  }
}

function shapeOf(read: (field: string) => number | undefined): ModelShape | undefined {
  const layers = read('block_count');
  const heads = read('attention.head_count');
  const keyValueHeads = read('attention.head_count_kv') ?? heads;
  const width = read('embedding_length');
  if (layers === undefined || heads === undefined || keyValueHeads === undefined || width === undefined) {
    return undefined;
  }
  return { layers, keyValueHeads, headSize: read('attention.key_length') ?? width / heads };
}

interface Range {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

function rangeIn(init: RequestInit | undefined): Range {
  const [, first = '0', last = '0'] =
    /bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get('range') ?? '') ?? [];
  return { start: Number(first), end: Number(last) + 1 };
}

/** The reader takes what is missing for zeros, so asking beyond the end has to fail. */
function slice(blob: Blob, { start, end }: Range): Blob {
  if (start >= blob.size) throw new Error('The file ends within its header.');
  return blob.slice(start, end);
}

/** A server that knows no ranges would send gigabytes: it is left when the wanted bytes are here. */
async function read(url: string, { start, end }: Range, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(url, { headers: { Range: `bytes=${start}-${end - 1}` }, signal });
  if (!response.ok || !response.body) throw new Error(`The server answered with status ${response.status}.`);
  if (response.status === 206) return response.blob();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let received = 0;
  for await (const piece of response.body) {
    pieces.push(piece);
    received += piece.length;
    if (received >= end) break;
  }
  return slice(new Blob(pieces), { start, end });
}
