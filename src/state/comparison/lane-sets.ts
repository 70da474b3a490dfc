/** Sets of lanes that are kept under names. */
import { type LaneSettings, laneSetup, type LaneSetup } from '../../core/comparison';
import { newId } from '../new-id';
import type { SettingValues } from '../setting-values';
import type { Settings } from '../settings.svelte';

export type KeptLaneSet = SettingValues['laneSets'][number];

export interface LaneSet {
  readonly lanes: readonly LaneSetup[];
  readonly common: LaneSettings;
}

/** One of the same name is replaced. */
export function keepLaneSet(settings: Settings, name: string, { lanes, common }: LaneSet): void {
  const others = settings.values.laneSets.filter((set) => set.name !== name);
  settings.set('laneSets', [...others, { id: newId(), name, lanes: lanes.map(laneSetup), common }]);
}

export function forgetLaneSet(settings: Settings, id: string): void {
  settings.set(
    'laneSets',
    settings.values.laneSets.filter((set) => set.id !== id),
  );
}
