/** What is measured: something that finds the nearest of many vectors. */
export interface VectorSubject {
  /** Memory that vectors and what was made of them take. */
  readonly bytes: number;
  /** @returns numbers of the nearest rows, best first */
  search(question: Float32Array, limit: number): number[];
}

export type MakeSubject = (vectors: Float32Array, dimensions: number) => Promise<VectorSubject>;
