/** Which of many parts are rendered: the wanted one and its neighbours at once, then more on both sides in idle time. */
import { whenIdle } from '../../shared/when-idle';

const first = 2;
const step = 6;

/** Must be called while a component is set up. */
export function growOutwards(
  wanted: () => number,
  total: () => number,
): { readonly from: number; readonly until: number } {
  let reach = $state(first);

  $effect(() => {
    const isWhole = wanted() - reach <= 0 && wanted() + reach >= total() - 1;
    return isWhole ? undefined : whenIdle(() => (reach += step));
  });

  return {
    get from() {
      return wanted() - reach;
    },
    get until() {
      return wanted() + reach;
    },
  };
}
