/** What stood behind an answer when it was asked for: which weights, which engine, in which versions. */
import type { BackendKind } from './connection';
import type { ToolDefinition } from './tool';

/** An absent field was not told by anybody; it is never guessed. */
export interface Provenance {
  readonly kind?: BackendKind;
  /** Of the server, or of the engine's library in this page. */
  readonly version?: string;
  /** Names these very weights: what the server calls their digest, or the SHA-256 of the (largest) file. */
  readonly digest?: string;
  /** Where a name stands for something else: the repository, its revision, or the path that the server loaded. */
  readonly source?: string;
  readonly quantization?: string;
  /** SHA-256 of the chat template, in hex. */
  readonly templateDigest?: string;
  /** The texts were joined without a chat template. */
  readonly isPlain?: true;
  /** What the model was offered to call; absent where nothing was. */
  readonly tools?: readonly ToolDefinition[];
}
