/** How far a model is on its way into this browser, as data for screens and for other tabs. */
import type { PlainBackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';

export type DownloadState =
  | 'partial'
  | 'queued'
  | 'downloading'
  | 'verifying'
  | 'ready'
  /** The parts stay; `error` says why it stopped. */
  | 'failed';

export interface ModelDownload {
  readonly model: LocalModel;
  readonly state: DownloadState;
  /** Bytes that are here. */
  readonly loaded: number;
  readonly total: number;
  /** Over the last few seconds. */
  readonly bytesPerSecond?: number;
  readonly secondsLeft?: number;
  readonly error?: PlainBackendError;
  /** Another tab does the work; only that one can pause it. */
  readonly isElsewhere?: boolean;
}
