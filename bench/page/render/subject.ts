/**
 * What a renderer must offer to be measured. To add one, put a module into `subjects/` whose default export
 * is a `Subject`; its file name is the name in the report. The page, the stream, the scrolling and the
 * measuring are the same for all; a subject decides itself when it draws (once per frame, as a rule).
 */
export interface Subject {
  /** Prepares everything, so that loading and compiling are not measured. */
  readonly mount: (content: HTMLElement) => Promise<Sink>;
}

export interface Sink {
  /** A token of the stream, as the worker's message delivers it. */
  readonly push: (token: string) => void;
  /** The stream is over; whatever is still held back must be drawn. */
  readonly finish: () => void;
}

/** Calls `draw` in the next animation frame, once, however often it is asked to. */
export function oncePerFrame(draw: () => void): () => void {
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      draw();
    });
  };
}
