/**
 * Shares the frames of the screen among answers that come at the same time: two of them at most are drawn in one
 * frame, the others in the next ones. Twelve in the same frame would take longer than a frame has.
 */
const mostPerFrame = 2;

/** Draws, or says that it is too early. */
export type Draw = (time: number) => 'drawn' | 'too early';

const waiting = new Set<Draw>();
let frame: number | undefined;

/** Calls it in one of the next frames, first come first served, until it has drawn. */
export function drawInTurn(draw: Draw): void {
  waiting.add(draw);
  frame ??= requestAnimationFrame(onFrame);
}

export function leaveTurns(draw: Draw): void {
  waiting.delete(draw);
}

function onFrame(time: number): void {
  let drawn = 0;
  for (const draw of [...waiting]) {
    if (drawn === mostPerFrame) break;
    if (draw(time) === 'too early') continue;
    waiting.delete(draw);
    drawn++;
  }
  frame = waiting.size > 0 ? requestAnimationFrame(onFrame) : undefined;
}
