/** Whom something waits for, as a sentence without its end. */
import type { Wait } from '../../compare/scheduling/lane-scheduler';

export function waitWords({ lanes, resource }: Wait): string {
  const names = new Intl.ListFormat('en').format(lanes);
  return resource === undefined ? `Waits for ${names}` : `Waits for ${names} (${resource})`;
}
