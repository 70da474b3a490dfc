/** What page and download worker say to each other. Every message names its job. */
import type { PlainBackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';
import type { OpenedFile } from '../../core/model-shelf';

export type DownloadRequest =
  /** Fetches what is missing and checks it. */
  | { readonly id: number; readonly type: 'download'; readonly model: LocalModel }
  /** Copies files that a person chose, then checks them. */
  | {
      readonly id: number;
      readonly type: 'import';
      readonly model: LocalModel;
      readonly files: readonly OpenedFile[];
    }
  /** Checks what is kept again; what is wrong, or has no published hash, is dropped. */
  | { readonly id: number; readonly type: 'recheck'; readonly model: LocalModel }
  | { readonly id: number; readonly type: 'abort' };

export interface DownloadProgress {
  readonly phase: 'queued' | 'download' | 'verify';
  /** Bytes that are here, over all files. */
  readonly loaded: number;
  readonly total: number;
}

export type DownloadReply =
  | { readonly id: number; readonly type: 'progress'; readonly progress: DownloadProgress }
  | { readonly id: number; readonly type: 'done' }
  /** `aborted` is no failure: the parts stay. */
  | { readonly id: number; readonly type: 'aborted' }
  | { readonly id: number; readonly type: 'failed'; readonly error: PlainBackendError };
