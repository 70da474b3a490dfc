/** How many of the newest messages are rendered: a screenful at once, the rest in idle time. */

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

/** Safari has no requestIdleCallback. */
function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 50);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}
