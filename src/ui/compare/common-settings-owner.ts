/** What has lanes and settings in common: a comparison, or a batch that is being put together. */
import type { LaneSettings } from '../../core/comparison';

interface SettingsLane {
  /** For people: `Lane 2`. */
  readonly name: string;
  /** It goes by the common settings. */
  readonly isLinked: boolean;
  readonly row: { readonly backendId: string };
}

export interface CommonSettingsOwner {
  readonly lanes: readonly SettingsLane[];
  readonly common: LaneSettings;
  change(change: { readonly common: LaneSettings }): void;
}
