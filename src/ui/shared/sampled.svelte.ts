/** A value as it was a moment ago, for what changes more often than anybody reads: each change would cost a frame. */
import { onDestroy, untrack } from 'svelte';

/** Must be called while a component is set up. */
export function sampled<Value>(get: () => Value, everyMs: number): { readonly current: Value } {
  let current = $state.raw(untrack(get));
  let timer: ReturnType<typeof setTimeout> | undefined;

  $effect(() => {
    get();
    timer ??= setTimeout(() => {
      timer = undefined;
      current = get();
    }, everyMs);
  });
  onDestroy(() => clearTimeout(timer));

  return {
    get current() {
      return current;
    },
  };
}
