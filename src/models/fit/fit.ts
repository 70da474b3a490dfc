/** The answer to "can this device run it?", as data. */
import type { Device } from '../../core/backend';

/** `unknown` only where neither the browser nor an earlier load tells. */
export type FitVerdict = 'fits' | 'tight' | 'will-not' | 'unknown';

export interface Judgement {
  readonly verdict: FitVerdict;
  /** One or two sentences for people. */
  readonly reason: string;
}

export interface Fit extends Judgement {
  /** Where it would run. */
  readonly device: Device;
}
