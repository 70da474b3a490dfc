/** Rows in the kernel's memory, by segments: more rows are another segment, and nothing that is there is copied. */
import { groupRows, readRecord, type RowFormat, writeCode, writeRecord } from './row-format';
import { bins, type KernelMemory } from './vector-kernel';

/** A multiple of the rows of a group. */
export const segmentRows = 1024;
/** How many rows can be looked at closely in one go. */
export const listRows = 8192;

const pageBytes = 65_536;
const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;

export interface Segment {
  readonly codes: number;
  readonly factors: number;
  readonly scores: number;
  readonly records: number;
}

/** Where the kernel finds what belongs to one question. */
export interface Scratch {
  readonly table: number;
  readonly tableEnd: number;
  readonly question: number;
  readonly questionEnd: number;
  readonly bins: number;
  readonly list: number;
  readonly products: number;
}

export class RowStore {
  readonly scratch: Scratch;
  readonly #segments: Segment[] = [];
  readonly #segmentBytes: number;
  #end: number;

  constructor(
    private readonly memory: KernelMemory,
    readonly format: RowFormat,
  ) {
    const { dimensions, recordBytes, codeBytes } = format;
    const sizes = [4 * dimensions, 2 * dimensions, 4 * bins.count, 4 * listRows, 4 * listRows];
    const ends: number[] = [];
    for (const size of sizes) ends.push((ends.at(-1) ?? 0) + aligned(size));
    const [question = 0, counts = 0, list = 0, products = 0, end = 0] = ends;
    this.scratch = {
      table: 0,
      tableEnd: 4 * dimensions,
      question,
      questionEnd: question + 2 * dimensions,
      bins: counts,
      list,
      products,
    };
    this.#segmentBytes = segmentRows * (codeBytes + 4 + recordBytes);
    this.#end = end;
    this.#grow();
  }

  /** Bytes that it takes, the unused rest of the last segment among them. */
  get bytes(): number {
    return this.#end;
  }

  /** @throws RangeError where the browser has no more memory; what is there stays */
  reserve(rows: number): void {
    while (this.#segments.length * segmentRows < rows) {
      const start = this.#end;
      this.#end += this.#segmentBytes;
      try {
        this.#grow();
      } catch (thrown) {
        this.#end = start;
        throw thrown;
      }
      const factors = start + segmentRows * this.format.codeBytes;
      const scores = factors + 2 * segmentRows;
      this.#segments.push({ codes: start, factors, scores, records: scores + 2 * segmentRows });
    }
  }

  /** The one that holds this row. */
  segmentAt(row: number): Segment {
    const segment = this.#segments[Math.floor(row / segmentRows)];
    if (!segment) throw new RangeError(`There is no row ${row}.`);
    return segment;
  }

  /** Address of its record. */
  recordOf(row: number): number {
    return this.segmentAt(row).records + (row % segmentRows) * this.format.recordBytes;
  }

  write(row: number, vector: Float32Array): void {
    writeRecord(this.memory.buffer, this.recordOf(row), vector);
  }

  read(row: number, vector: Float32Array): void {
    readRecord(this.memory.buffer, this.recordOf(row), vector);
  }

  /** @returns the squared distance from the centre */
  encode(row: number, vector: Float32Array, centre: Float32Array): number {
    const { buffer } = this.memory;
    const { factor, squared } = writeCode(new Uint8Array(buffer), this.#codeOf(row), vector, centre);
    this.#factorsOf(row)[row % segmentRows] = factor;
    return squared;
  }

  move(from: number, to: number): void {
    const bytes = new Uint8Array(this.memory.buffer);
    const record = this.recordOf(from);
    bytes.copyWithin(this.recordOf(to), record, record + this.format.recordBytes);
    const [read, written] = [this.#codeOf(from), this.#codeOf(to)];
    for (let byte = 0; byte < this.format.codeBytes; byte++) {
      bytes[written + byte * groupRows] = bytes[read + byte * groupRows] ?? 0;
    }
    this.#factorsOf(to)[to % segmentRows] = this.#factorsOf(from)[from % segmentRows] ?? 0;
  }

  /** Address of the first byte of its code; the next one is 16 bytes on. */
  #codeOf(row: number): number {
    const inSegment = row % segmentRows;
    const group = inSegment - (inSegment % groupRows);
    return this.segmentAt(row).codes + group * this.format.codeBytes + (inSegment % groupRows);
  }

  #factorsOf(row: number): Int16Array {
    return new Int16Array(this.memory.buffer, this.segmentAt(row).factors, segmentRows);
  }

  #grow(): void {
    const missing = this.#end - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / pageBytes));
  }
}
