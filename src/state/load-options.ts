/** What a load may be asked for beside the model. */
import type { Device, LoadProgress } from '../core/backend';
import type { Params } from '../core/params';

export interface LoadOptions {
  readonly eager?: boolean;
  /** Where an engine in the page is to run it; absent for the engine's own choice. */
  readonly device?: Device;
  /** The settings to load with; absent for those of the page. */
  readonly params?: Params;
  /** How long a server is to keep it; absent for what the settings say. */
  readonly keepAlive?: string;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** The settings for a load: those of the answers, except for what this load is told. */
export function paramsOfLoad(ofPage: Params, { params = ofPage, keepAlive }: LoadOptions): Params {
  return keepAlive === undefined ? params : { ...params, keepAlive };
}
