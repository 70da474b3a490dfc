import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { StopStrings } from '../../../../src/backends/shared/stop-strings';

function shown(pieces: readonly string[], stops: readonly string[]) {
  const watch = new StopStrings(stops);
  const text = pieces.map((piece) => watch.push(piece)).join('') + watch.finish();
  return { text, isStopped: watch.isStopped };
}

it('ends before a stop string that comes in pieces', () => {
  expect(shown(['Hello ', 'wo', 'r', 'ld!'], ['world'])).toEqual({ text: 'Hello ', isStopped: true });
});

it('ends before the first of several', () => {
  expect(shown(['one two three'], ['three', 'two'])).toEqual({ text: 'one ', isStopped: true });
});

it('shows what only began like one', () => {
  expect(shown(['a STO', 'RY'], ['STOP'])).toEqual({ text: 'a STORY', isStopped: false });
});

it('holds back no more than may become one', () => {
  const watch = new StopStrings(['\n\nUser:']);
  expect(watch.push('Hello\n')).toBe('Hello');
  expect(watch.push('there')).toBe('\nthere');
});

it('gives the text before the stop string, however it is cut', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 30 });
  const stop = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(letters, stop, fc.array(fc.nat(30), { maxLength: 6 }), (text, end, cuts) => {
      const points = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
      const pieces = points.slice(1).map((to, index) => text.slice(points[index], to));
      const at = text.indexOf(end);
      expect(shown(pieces, [end])).toEqual({
        text: at < 0 ? text : text.slice(0, at),
        isStopped: at >= 0,
      });
    }),
  );
});
