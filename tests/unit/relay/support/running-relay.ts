/** A relay on a real port that ends with the test. */
import { onTestFinished } from 'vitest';
import type { RelaySettings } from '../../../../relay/settings/settings';
import { type RunningRelay, startRelay } from '../../../../relay/start-relay';
import { settingsOf } from './settings';

export async function runningRelay(overrides: Partial<RelaySettings> = {}): Promise<RunningRelay> {
  const relay = await startRelay(settingsOf(overrides));
  onTestFinished(() => relay.close());
  return relay;
}
