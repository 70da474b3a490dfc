/** How many of many rows are rendered: a screenful at once, the rest in idle time. */
import { whenIdle } from './when-idle';

const first = 16;
const step = 40;

/** Must be called while a component is set up. */
export function growingCount(total: () => number): { readonly count: number } {
  let count = $state(first);

  $effect(() => {
    if (count >= total()) return;
    return whenIdle(() => (count += step));
  });

  return {
    get count() {
      return count;
    },
  };
}
