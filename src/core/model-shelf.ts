/** Where engines get their models from, so that none of them downloads or stores anything itself. */
import type { LoadProgress } from './backend';
import type { LocalEngine, LocalModel } from './local-model';

export interface OpenedFile {
  /** As in the model's list of files. */
  readonly path: string;
  readonly blob: Blob;
}

export interface OpenedModel {
  readonly files: readonly OpenedFile[];
  /** A fact worth telling, for example that the model could not be kept on disk. */
  readonly notice?: string;
}

export interface ModelShelf {
  /** The models that this engine may load without asking anyone for a download from elsewhere. */
  models(engine: LocalEngine): readonly LocalModel[];
  /**
   * The bytes: kept ones, or downloaded and checked where they are missing.
   * @throws BackendError, or the signal's reason
   */
  open(
    model: LocalModel,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenedModel>;
  /** An engine could not read the files: what does not match its hash, or has none, is dropped. */
  recheck(model: LocalModel): Promise<void>;
}
