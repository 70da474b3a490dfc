import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Draw, drawInTurn, leaveTurns } from '../../../src/state/frame-turns';

let next: FrameRequestCallback | undefined;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    next = callback;
    return 1;
  });
});

afterEach(() => {
  runFrame();
  vi.unstubAllGlobals();
});

function runFrame(time = 0): void {
  const callback = next;
  next = undefined;
  callback?.(time);
}

test('two are drawn in a frame and the others in the next ones, in the order in which they came', () => {
  const drawn: number[] = [];
  for (const index of [1, 2, 3, 4, 5]) {
    drawInTurn(() => {
      drawn.push(index);
      return 'drawn';
    });
  }
  runFrame();
  expect(drawn).toEqual([1, 2]);
  runFrame();
  expect(drawn).toEqual([1, 2, 3, 4]);
  runFrame();
  expect(drawn).toEqual([1, 2, 3, 4, 5]);
  expect(next).toBeUndefined();
});

test('one that is too early keeps its place and takes none away from the others', () => {
  const drawn: string[] = [];
  drawInTurn((time) => {
    if (time < 10) return 'too early';
    drawn.push('patient');
    return 'drawn';
  });
  for (const name of ['a', 'b', 'c']) {
    drawInTurn(() => {
      drawn.push(name);
      return 'drawn';
    });
  }
  runFrame(0);
  expect(drawn).toEqual(['a', 'b']);
  runFrame(20);
  expect(drawn).toEqual(['a', 'b', 'patient', 'c']);
});

test('who asks twice is drawn once, and who leaves not at all', () => {
  const draw = vi.fn<Draw>(() => 'drawn');
  const gone = vi.fn<Draw>(() => 'drawn');
  drawInTurn(draw);
  drawInTurn(draw);
  drawInTurn(gone);
  leaveTurns(gone);
  runFrame();
  expect(draw).toHaveBeenCalledOnce();
  expect(gone).not.toHaveBeenCalled();
});
