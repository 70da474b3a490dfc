/** Unpacks the wanted entries of a zip container, and stops where they grow beyond measure. */
import { Unzip, UnzipInflate, type UnzipFile } from 'fflate';
import { unreadable } from '../unreadable';

/** Of all wanted entries together. The text of the longest novels is below 10 MB. */
const mostUnpackedBytes = 128_000_000;
/** Unpacked to packed. Markup of documents reaches 40; a zip bomb 1000. */
const mostRatio = 100;
/** Below it the ratio does not matter. */
const harmlessBytes = 16_000_000;
const mostEntries = 20_000;
/** Bytes that are unpacked between two looks at the limits; deflate makes at most a thousand times as many of them. */
const portion = 16_384;

export interface UnpackedParts {
  readonly parts: ReadonlyMap<string, Uint8Array>;
  /** The container ends too early, or an entry is damaged: parts may be missing or short. */
  readonly isCut: boolean;
}

/** @throws BackendError `unreadable-document` for a zip bomb, and where there is nothing to unpack */
export function unpackParts(
  name: string,
  bytes: Uint8Array,
  wants: (path: string) => boolean,
): UnpackedParts {
  const unpacking = new Unpacking(name, bytes.length, wants);
  const unzip = new Unzip((file) => unpacking.take(file));
  unzip.register(UnzipInflate);
  let isCut = false;
  for (let from = 0; from < bytes.length && !isCut; from += portion) {
    try {
      unzip.push(bytes.subarray(from, from + portion), from + portion >= bytes.length);
    } catch (thrown) {
      if (unpacking.refusal) throw unpacking.refusal;
      // The last push finds an entry that has not ended.
      isCut = thrown instanceof Error;
    }
  }
  return { parts: unpacking.joined(), isCut: isCut || unpacking.isDamaged };
}

interface Part {
  readonly pieces: Uint8Array[];
  isWhole: boolean;
}

class Unpacking {
  refusal: Error | undefined;
  readonly #parts = new Map<string, Part>();
  #entries = 0;
  #unpacked = 0;
  #isDamaged = false;

  constructor(
    private readonly name: string,
    private readonly packed: number,
    private readonly wants: (path: string) => boolean,
  ) {}

  get isDamaged(): boolean {
    return this.#isDamaged || [...this.#parts.values()].some(({ isWhole }) => !isWhole);
  }

  take(file: UnzipFile): void {
    this.#entries++;
    if (this.#entries > mostEntries) this.#refuse(`has more than ${mostEntries} entries`);
    if (!this.wants(file.name)) return;
    const part: Part = { pieces: [], isWhole: false };
    this.#parts.set(file.name, part);
    file.ondata = (error, data, isLast) => {
      if (this.refusal) throw this.refusal;
      if (error) this.#isDamaged = true;
      if (this.#isDamaged && error) return;
      part.pieces.push(data);
      part.isWhole = isLast;
      this.#count(data.length);
    };
    file.start();
  }

  joined(): ReadonlyMap<string, Uint8Array> {
    return new Map([...this.#parts].map(([path, { pieces }]) => [path, join(pieces)] as const));
  }

  #count(bytes: number): void {
    this.#unpacked += bytes;
    if (this.#unpacked > mostUnpackedBytes)
      this.#refuse(`unpacks to more than ${mostUnpackedBytes / 1_000_000} MB of text`);
    if (this.#unpacked > harmlessBytes && this.#unpacked > this.packed * mostRatio)
      this.#refuse(`unpacks to more than ${mostRatio} times its size`);
  }

  #refuse(what: string): never {
    this.refusal = unreadable(
      `${this.name} ${what}: it may be made to fill the memory (a zip bomb), so it was left alone.`,
      'If you trust it, open it in the program that made it, and save it as PDF or in parts.',
    );
    throw this.refusal;
  }
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
