/** How long chunks are. */

export interface ChunkOptions {
  /** The most that a chunk may have, 1 and up. */
  readonly tokens: number;
  /** The most that a chunk repeats of the one before, in whole sentences; 0 and up, less than `tokens`. */
  readonly overlap: number;
}

/** Small embedding models read 256 tokens, their two marks included. */
export const usualChunks: ChunkOptions = { tokens: 254, overlap: 32 };
