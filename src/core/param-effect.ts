/** What became of one setting in one request: the report that every answer carries. */
import type { JsonValue } from './json';
import type { ParamName } from './params';

/** `refused`: it was sent, and the backend turned the request down for it. */
export type ParamOutcome = 'sent' | 'emulated' | 'ignored' | 'refused';

export interface ParamEffect {
  readonly param: ParamName;
  readonly outcome: ParamOutcome;
  /** As the person set it. */
  readonly requested: JsonValue;
  /** The nearest value that the backend takes, where the requested one is out of its range. */
  readonly adjusted?: JsonValue;
  /** Field of the request that carried it, and what stood in it. */
  readonly wire?: string;
  readonly sent?: JsonValue;
}
