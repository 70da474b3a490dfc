/** The inner loops of the vector search, over one memory. There are two of them, and they give the same to the bit. */

/** What a kernel works on: a WebAssembly.Memory, or what stands in for it. */
export interface KernelMemory {
  readonly buffer: ArrayBuffer;
  /** By pages of 65 536 bytes; views of the old buffer are of no use afterwards. @throws where there is no more */
  grow(pages: number): unknown;
}

/** Addresses are offsets in bytes, in memory; `…End` is the first one behind. */
export interface VectorKernel {
  readonly memory: KernelMemory;
  /**
   * Estimates how near each row is to the question: the sum of the looked-up values of its codes, less `offset`,
   * shifted left, times its factor. Rows come in groups of 16, whose codes are interleaved byte by byte.
   * @param table 16 bytes for each 4 bits of a code
   * @param factors one Q15 number per row
   * @param scores one i16 per row, written
   */
  scan(
    codes: number,
    table: number,
    tableEnd: number,
    factors: number,
    scores: number,
    scoresEnd: number,
    offset: number,
    shift: number,
  ): void;
  /** Counts i16 scores into 1024 bins of u32, by their upper ten bits, smallest first. */
  histogram(scores: number, scoresEnd: number, bins: number): void;
  /**
   * Appends the number of each row with `least` ≤ score < `below`; `row` is that of the first score.
   * @returns the first address behind what was written, at most `rowsEnd`
   */
  collect(
    scores: number,
    scoresEnd: number,
    least: number,
    below: number,
    row: number,
    rows: number,
    rowsEnd: number,
  ): number;
  /**
   * Products of the question (i16) and the records at the addresses in a list (u32), in the records' scale.
   * @param products one f32 for each of the list, written
   */
  products(list: number, listEnd: number, question: number, questionEnd: number, products: number): void;
}

/** How many bins `histogram` fills, how many scores fall into one, the least and the greatest of all. */
export const bins = { count: 1024, width: 64, lowest: -32_768, highest: 32_767 } as const;
