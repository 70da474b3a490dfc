/** What a GGUF file says of itself in its header, read by ranges: a few megabytes of a file of gigabytes. */
import { gguf } from '@huggingface/gguf';
import { BackendError } from '../../core/backend-error';
import type { ModelShape } from '../../core/local-model';

export interface GgufFacts {
  readonly architecture: string;
  readonly name?: string;
  readonly contextLength?: number;
  readonly shape?: ModelShape;
  readonly hasChatTemplate: boolean;
  /** Bytes that the header says the file has at least; a shorter one is cut. */
  readonly leastBytes: number;
}

/** @param source an address, or a file of this device. @throws BackendError `load-failed` */
export async function readGguf(source: string | Blob, signal: AbortSignal): Promise<GgufFacts> {
  const address = typeof source === 'string' ? source : 'https://file.invalid/model.gguf';
  const ranged: typeof fetch = (_input, init) =>
    typeof source === 'string' ? fetch(source, { ...init, signal }) : Promise.resolve(sliceOf(source, init));
  try {
    const { metadata, tensorInfos, tensorDataOffset } = await gguf(address, { fetch: ranged });
    const fields: Readonly<Record<string, unknown>> = { ...metadata };
    const named = fields['general.architecture'];
    const architecture = typeof named === 'string' ? named : 'unknown';
    const ofArchitecture = (field: string): number | undefined => {
      const value = fields[`${architecture}.${field}`];
      return typeof value === 'number' ? value : undefined;
    };
    const name = fields['general.name'];
    const contextLength = ofArchitecture('context_length');
    const shape = shapeOf(ofArchitecture);
    const last = tensorInfos.reduce((most, { offset }) => (offset > most ? offset : most), 0n);
    return {
      architecture,
      hasChatTemplate: typeof fields['tokenizer.chat_template'] === 'string',
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

/** A blob behind the little of HTTP that the reader speaks: one `Range` header. */
function sliceOf(blob: Blob, init: RequestInit | undefined): Response {
  const range = /bytes=(\d+)-(\d+)/.exec(new Headers(init?.headers).get('range') ?? '');
  if (!range) return new Response(blob);
  return new Response(blob.slice(Number(range[1]), Number(range[2]) + 1), { status: 206 });
}
