/** What the page and the worker that finds differences say to each other. */
import type { Differences, DifferencesRequest } from '../../../compare/differences/differences';

export interface DifferencesMessage {
  readonly id: number;
  readonly request: DifferencesRequest;
}

export interface DifferencesReply {
  readonly id: number;
  readonly differences: Differences;
}
