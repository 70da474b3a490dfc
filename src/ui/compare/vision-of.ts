/** Whether a message to several lanes may carry an image: only where nobody is known to be unable to see it. */
import { isLocal } from '../../core/connection';
import type { BackendStore } from '../../state/backend-store.svelte';
import type { Lane } from '../../state/comparison/lane.svelte';

export function visionOf(lanes: readonly Lane[], backends: BackendStore): 'yes' | 'no' | 'unknown' {
  const known = lanes.map(({ entry, choice }) =>
    !entry || isLocal(entry.connection) ? false : backends.facts.capability(choice, 'vision').value,
  );
  if (known.length === 0 || known.some((sees) => sees === false)) return 'no';
  return known.every((sees) => sees === true) ? 'yes' : 'unknown';
}
