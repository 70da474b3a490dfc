/** A model that can make the vectors of a collection, as it is offered for choice. */
import type { EmbeddingChoice } from '../../core/document';

export interface EmbeddingOffer {
  readonly choice: EmbeddingChoice;
  /** The texts leave this page. */
  readonly isRemote: boolean;
  /** `this page`, or what the server is called. */
  readonly where: string;
  /** It can be used at once: nothing must be fetched or started before. */
  readonly isReady: boolean;
  /** Absent capability: the backend does not tell whether this model makes vectors. */
  readonly isSure: boolean;
  /** Of the weights; absent where nobody tells. */
  readonly bytes?: number;
}
