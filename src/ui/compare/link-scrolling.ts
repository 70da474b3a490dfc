/** Lets the columns of a grid scroll as one, each by its own share: a long answer and a short one end together. */
import type { Attachment } from 'svelte/attachments';

const columns = '[data-scroller]';

export function linkScrolling(isWanted: () => boolean): Attachment<HTMLElement> {
  return (grid) => {
    /** Where each column was put by this code: its own scroll event must not move the others again. */
    const put = new WeakMap<Element, number>();

    function follow({ target }: Event): void {
      if (!isWanted() || !(target instanceof HTMLElement) || !target.matches(columns)) return;
      const expected = put.get(target);
      put.delete(target);
      if (expected !== undefined && Math.abs(target.scrollTop - expected) < 2) return;
      const share = target.scrollTop / Math.max(1, target.scrollHeight - target.clientHeight);
      for (const other of grid.querySelectorAll(columns)) {
        if (other === target) continue;
        const top = Math.round(share * (other.scrollHeight - other.clientHeight));
        if (Math.abs(other.scrollTop - top) < 2) continue;
        put.set(other, top);
        other.scrollTop = top;
      }
    }

    // Scroll events do not bubble; they can be caught on their way down.
    grid.addEventListener('scroll', follow, { capture: true, passive: true });
    return () => grid.removeEventListener('scroll', follow, { capture: true });
  };
}
