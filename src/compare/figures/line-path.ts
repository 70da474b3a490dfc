/** A timeline as the path of a line: text stands still until the next of it arrives. */
import type { TimelinePoint } from '../../core/conversation';

/** Of the drawing, in its own units; the origin is at the lower left. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Milliseconds at the right edge. */
  readonly ms: number;
  /** Characters at the upper edge. */
  readonly characters: number;
}

export function linePath(points: readonly TimelinePoint[], frame: Frame): string {
  return points
    .map((point, index) => {
      const [x, y] = place(point, frame).map((value) => value.toFixed(1));
      // The first of it arrives at once: no line leads there from nothing.
      return index === 0 ? `M${x} ${frame.height}V${y}` : `L${x} ${y}`;
    })
    .join('');
}

export function place([ms, characters]: TimelinePoint, frame: Frame): readonly [x: number, y: number] {
  return [(ms / frame.ms) * frame.width, frame.height - (characters / frame.characters) * frame.height];
}

/** Characters that had arrived by then; 0 before the first. */
export function charactersAt(points: readonly TimelinePoint[], ms: number): number {
  return points.findLast(([at]) => at <= ms)?.[1] ?? 0;
}
