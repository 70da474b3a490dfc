/** Puts a popover that is open under the button that opened it, or over it where there is no room below. */

/** Pixels. */
const gap = 6;
const margin = 8;

/** @param edge which edges are in line: where the text begins, or where it ends */
export function placeUnder(
  opener: HTMLElement | undefined,
  panel: HTMLElement | undefined,
  edge: 'start' | 'end',
): void {
  if (!opener || !panel) return;
  const { left, right, top, bottom } = opener.getBoundingClientRect();
  const width = Math.min(panel.offsetWidth, window.innerWidth - 2 * margin);
  const wanted = edge === 'start' ? left : right - width;
  panel.style.left = `${Math.max(margin, Math.min(wanted, window.innerWidth - width - margin))}px`;
  const under = bottom + gap;
  const over = top - gap - panel.offsetHeight;
  const isLow = under + panel.offsetHeight > window.innerHeight - margin;
  panel.style.top = `${isLow && over >= margin ? over : under}px`;
}
