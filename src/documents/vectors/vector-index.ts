/**
 * Finds the nearest of many vectors without having built anything: a scan over one bit per dimension estimates all of
 * them, and whatever the error of the estimate leaves in doubt is compared exactly, in ten bits per dimension.
 */
import { BestRows } from './best-rows';
import { createKernel } from './create-kernel';
import { DocumentRows, type Run } from './document-rows';
import { type Question, writeQuestion } from './question';
import { Rotation } from './rotation';
import { rowFormat } from './row-format';
import { RowScan } from './row-scan';
import { listRows, RowStore, segmentRows } from './row-store';
import { bins, type VectorKernel } from './vector-kernel';

export interface VectorHit {
  readonly documentId: string;
  readonly chunk: number;
  /** Cosine, -1 to 1. */
  readonly score: number;
}

/** Fewer rows than this are all compared exactly; so many also tell where the centre of all vectors is. */
const scanFrom = 2048;
/** Standard deviations of the estimate's error that are left in doubt. */
const doubt = 3;
/** Part of the length of a vector that the signs of its numbers miss, as a multiple of what they hold. */
const missedBySigns = 0.7555;
/** Rows of removed documents, as a part of all, from which on the gaps are closed. */
const mostDead = 0.25;
/** Enough to tell how scores are spread. */
const sampleRows = 512;

export class VectorIndex {
  readonly #kernel: VectorKernel;
  readonly #store: RowStore;
  readonly #rotation: Rotation;
  readonly #rows = new DocumentRows();
  /** The mean of the first vectors; absent while there are too few to be scanned. */
  #centre: Float32Array | undefined;
  /** Sum of squared distances from the centre, and of how many rows. */
  #spread = { squared: 0, rows: 0 };

  private constructor(
    readonly dimensions: number,
    kernel: VectorKernel,
  ) {
    this.#kernel = kernel;
    const format = rowFormat(dimensions);
    this.#store = new RowStore(kernel.memory, format);
    this.#rotation = new Rotation(format.dimensions);
  }

  /** @param dimensions 1 to 8192 */
  static async create(dimensions: number): Promise<VectorIndex> {
    return new VectorIndex(dimensions, await createKernel());
  }

  static withKernel(dimensions: number, kernel: VectorKernel): VectorIndex {
    return new VectorIndex(dimensions, kernel);
  }

  /** How many vectors can be found. */
  get size(): number {
    return this.#rows.live;
  }

  /** Memory that it takes. */
  get bytes(): number {
    return this.#store.bytes;
  }

  has(documentId: string): boolean {
    return this.#rows.extentOf(documentId) !== undefined;
  }

  /**
   * What the document had before is replaced.
   * @param vectors one after the other, of any length: they are made to be of length 1
   * @throws RangeError where they do not come out even, or memory ends; nothing is changed then
   */
  add(documentId: string, vectors: Float32Array): void {
    const count = vectors.length / this.dimensions;
    if (!Number.isInteger(count)) throw new RangeError(`These are no vectors of ${this.dimensions} numbers.`);
    this.#store.reserve(this.#rows.used + count);
    this.remove(documentId);
    const first = this.#rows.add(documentId, count);
    const { dimensions } = this;
    for (let chunk = 0; chunk < count; chunk++) {
      const vector = this.#turned(vectors.subarray(chunk * dimensions, (chunk + 1) * dimensions));
      this.#store.write(first + chunk, vector);
      if (this.#centre) this.#encode(first + chunk, vector, this.#centre);
    }
    if (!this.#centre && this.#rows.live >= scanFrom) this.#findCentre();
  }

  remove(documentId: string): void {
    this.#rows.remove(documentId);
    const { used, dead } = this.#rows;
    if (dead < segmentRows || dead < used * mostDead) return;
    this.#rows.compact((from, to, count) => {
      for (let row = 0; row < count; row++) this.#store.move(from + row, to + row);
    });
  }

  /**
   * The nearest ones, best first.
   * @param limit 1 to 1000
   * @param accepts which documents are looked at; of these none is missed
   * @throws RangeError where the question has another number of dimensions
   */
  search(query: Float32Array, limit: number, accepts?: (documentId: string) => boolean): VectorHit[] {
    const runs = this.#rows.runs(accepts);
    const best = new BestRows(Math.min(limit, this.size));
    const question = this.#ask(query);
    let rows = 0;
    for (const { start, end } of runs) rows += end - start;
    if (rows <= scanFrom || !this.#centre) this.#compareAll(question, runs, best);
    else this.#compareLikely(question, runs, best, this.#centre);
    return Array.from({ length: best.count }, (_, place) => ({
      ...this.#rows.placeOf(best.rows[place] ?? 0),
      score: best.scores[place] ?? 0,
    }));
  }

  /** Cosine of each place, in their order; absent where there is no such vector. @throws RangeError as `search` */
  scoresOf(
    query: Float32Array,
    places: readonly { readonly documentId: string; readonly chunk: number }[],
  ): (number | undefined)[] {
    const question = this.#ask(query);
    const scores: (number | undefined)[] = places.map(() => undefined);
    const known = places.flatMap(({ documentId, chunk }, place) => {
      const extent = this.#rows.extentOf(documentId);
      const row = (extent?.start ?? 0) + chunk;
      return extent && row < extent.end ? [{ place, row }] : [];
    });
    for (let start = 0; start < known.length; start += listRows) {
      const batch = known.slice(start, start + listRows);
      const found = this.#scoresOf(
        question,
        Uint32Array.from(batch, ({ row }) => row),
      );
      for (const [index, { place }] of batch.entries()) scores[place] = found[index];
    }
    return scores;
  }

  /** As it is kept: of length 1, and rounded. */
  vectorOf(documentId: string, chunk: number): Float32Array | undefined {
    const extent = this.#rows.extentOf(documentId);
    if (!extent || chunk >= extent.end - extent.start) return undefined;
    const vector = new Float32Array(this.#store.format.dimensions);
    this.#store.read(extent.start + chunk, vector);
    this.#rotation.turnBack(vector);
    return vector.slice(0, this.dimensions);
  }

  /** How the cosines with all vectors are spread, by a sample of them. @throws RangeError as `search` */
  spreadOf(query: Float32Array): { readonly mean: number; readonly deviation: number } {
    const question = this.#ask(query);
    const runs = this.#rows.runs();
    const step = Math.max(1, Math.floor(this.size / sampleRows));
    const rows: number[] = [];
    // From each run on where the one before left off, so that it does not matter how rows are divided into runs.
    let next = 0;
    for (const { start, end } of runs) {
      let row = start + next;
      for (; row < end; row += step) rows.push(row);
      next = row - end;
    }
    const scores = this.#scoresOf(question, Uint32Array.from(rows));
    const mean = scores.reduce((sum, score) => sum + score, 0) / (rows.length || 1);
    const squared = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / (rows.length || 1);
    return { mean, deviation: Math.sqrt(squared) };
  }

  get #buffer(): ArrayBuffer {
    return this.#kernel.memory.buffer;
  }

  #ask(query: Float32Array): Question {
    if (query.length !== this.dimensions) {
      throw new RangeError(`A question of ${query.length} numbers, but vectors of ${this.dimensions}.`);
    }
    return writeQuestion(this.#buffer, this.#store.scratch, this.#turned(query));
  }

  /** Of length 1, filled up and turned. */
  #turned(vector: Float32Array): Float32Array {
    let squared = 0;
    for (const value of vector) squared += value * value;
    const scale = squared > 0 ? 1 / Math.sqrt(squared) : 0;
    const turned = new Float32Array(this.#store.format.dimensions);
    for (let place = 0; place < vector.length; place++) turned[place] = (vector[place] ?? 0) * scale;
    this.#rotation.turn(turned);
    return turned;
  }

  #findCentre(): void {
    const vector = new Float32Array(this.#store.format.dimensions);
    const centre = new Float32Array(vector.length);
    const rows = this.#rows.live;
    const eachRow = (visit: (row: number) => void): void => {
      for (const { start, end } of this.#rows.runs()) {
        for (let row = start; row < end; row++) {
          this.#store.read(row, vector);
          visit(row);
        }
      }
    };
    eachRow(() => {
      for (let place = 0; place < vector.length; place++) {
        centre[place] = (centre[place] ?? 0) + (vector[place] ?? 0) / rows;
      }
    });
    this.#centre = centre;
    eachRow((row) => this.#encode(row, vector, centre));
  }

  #encode(row: number, vector: Float32Array, centre: Float32Array): void {
    this.#spread.squared += this.#store.encode(row, vector, centre);
    this.#spread.rows++;
  }

  #compareAll(question: Question, runs: readonly Run[], best: BestRows): void {
    const rows = new Uint32Array(listRows);
    let count = 0;
    for (const { start, end } of runs) {
      for (let row = start; row < end; row++) {
        rows[count++] = row;
        if (count < listRows) continue;
        this.#compare(question, rows, best);
        count = 0;
      }
    }
    this.#compare(question, rows.subarray(0, count), best);
  }

  #compareLikely(question: Question, runs: readonly Run[], best: BestRows, centre: Float32Array): void {
    const scan = new RowScan(this.#kernel, this.#store, question, runs, this.#rows.used);
    const closest = scan.leastOf(Math.max(64, 2 * best.limit));
    this.#compare(question, scan.collect(closest, bins.highest), best);

    // What is nearer than the last of these, or may be, as far as estimates go.
    const dimensions = centre.length;
    const error = missedBySigns * Math.sqrt(this.#spread.squared / this.#spread.rows / (dimensions - 1));
    const doubtful = Math.floor((best.least - product(question.vector, centre) - doubt * error) / scan.unit);
    const least = Math.max(doubtful, scan.leastWithin(listRows));
    if (least < closest) this.#compare(question, scan.collect(least, closest), best);
  }

  #compare(question: Question, rows: Uint32Array, best: BestRows): void {
    const scores = this.#scoresOf(question, rows);
    for (let place = 0; place < rows.length; place++) best.offer(rows[place] ?? 0, scores[place] ?? 0);
  }

  /** @param rows at most as many as a list holds */
  #scoresOf({ scale }: Question, rows: Uint32Array): Float32Array {
    const { list, question, questionEnd, products } = this.#store.scratch;
    const addresses = new Uint32Array(this.#buffer, list, rows.length);
    for (let place = 0; place < rows.length; place++)
      addresses[place] = this.#store.recordOf(rows[place] ?? 0);
    this.#kernel.products(list, list + 4 * rows.length, question, questionEnd, products);
    return new Float32Array(this.#buffer, products, rows.length).map((score) => score * scale);
  }
}

function product(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place++) sum += (left[place] ?? 0) * (right[place] ?? 0);
  return sum;
}
