/** Keeps a scrolling element at its end while the reader is there, and leaves it alone otherwise. */

/** Pixels from the end within which a reader counts as being there. */
const tolerance = 48;

export interface EndFollower {
  readonly isFollowing: boolean;
  readonly attach: (scroller: HTMLElement) => () => void;
  readonly toEnd: () => void;
}

export function followEnd(): EndFollower {
  let isFollowing = $state(true);
  let scroller: HTMLElement | undefined;
  let lastTop = 0;

  function toEnd(): void {
    isFollowing = true;
    if (scroller) scroller.scrollTop = scroller.scrollHeight;
  }

  function onScroll(): void {
    if (!scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const isAtEnd = scrollHeight - clientHeight - scrollTop <= tolerance;
    // Only a move upwards is the reader's wish to leave: growing content also puts the end out of reach.
    if (isAtEnd) isFollowing = true;
    else if (scrollTop < lastTop) isFollowing = false;
    lastTop = scrollTop;
  }

  function attach(element: HTMLElement): () => void {
    scroller = element;
    const observer = new ResizeObserver(() => {
      if (isFollowing) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', onScroll);
      scroller = undefined;
    };
  }

  return {
    get isFollowing() {
      return isFollowing;
    },
    attach,
    toEnd,
  };
}
