/** What bears on the answers of one lane besides its model and the question, as far as anybody tells. */
import type { BackendKind } from '../../core/connection';
import type { Params, ParamTable } from '../../core/params';
import type { RetrievalSettings } from '../../core/retrieval';

export interface LaneFacts {
  readonly backendId: string;
  readonly modelId: string;
  /** Absent where the backend is not set up any more. */
  readonly kind: BackendKind | undefined;
  readonly version: string | undefined;
  /** Absent until the backend is known. */
  readonly table: ParamTable | undefined;
  readonly params: Params;
  /** In force where nothing is set, as far as the page sends it itself. */
  readonly suggested: Params;
  /** Empty where none is sent. */
  readonly systemPrompt: string;
  /** Names of the collections that answers are given from. */
  readonly collections: readonly string[];
  readonly retrieval: RetrievalSettings;
  /** In force without a setting, in tokens. */
  readonly contextLength: number | undefined;
  readonly quantization: string | undefined;
  /** SHA-256 of the chat template. */
  readonly templateDigest: string | undefined;
  /** The texts are joined without a chat template. */
  readonly isPlain: boolean;
}
