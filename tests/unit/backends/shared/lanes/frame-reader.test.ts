/** Frames as the relay writes them and the page reads them, however the bytes between are cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame, encodeJson } from '../../../../../relay/answers/encode-frame';
import { frameTypes, longestFramePayload } from '../../../../../relay/contract';
import { FrameReader } from '../../../../../src/backends/shared/lanes/frame-reader';

const first = '00112233445566778899aabbccddeeff';
const second = 'ffffffffffffffffffffffffffffffff';
const text = 'data: {"content":"Grüße 🌍"}\n\n';

const wire = Buffer.concat([
  encodeFrame(frameTypes.alive, '0'.repeat(32)),
  encodeFrame(frameTypes.head, first, encodeJson({ status: 200, headers: { a: 'b' }, from: 7 })),
  encodeFrame(frameTypes.data, first, Buffer.from(text)),
  encodeFrame(frameTypes.data, second, Buffer.from('x')),
  encodeFrame(frameTypes.end, first),
  encodeFrame(frameTypes.error, second, encodeJson({ error: { code: 'internal', message: 'no' } })),
]);

function readIn(pieces: readonly Uint8Array[]) {
  const reader = new FrameReader();
  return pieces
    .flatMap((piece) => reader.push(piece))
    .map(({ type, answerId, payload }) => [type, answerId, Buffer.from(payload).toString('utf8')]);
}

const whole = readIn([wire]);

describe('FrameReader', () => {
  it('reads what the relay wrote', () => {
    expect(whole).toEqual([
      [frameTypes.alive, '0'.repeat(32), ''],
      [frameTypes.head, first, '{"status":200,"headers":{"a":"b"},"from":7}'],
      [frameTypes.data, first, text],
      [frameTypes.data, second, 'x'],
      [frameTypes.end, first, ''],
      [frameTypes.error, second, '{"error":{"code":"internal","message":"no"}}'],
    ]);
  });

  it('does so wherever the bytes are cut in two, and byte by byte', () => {
    for (let cut = 0; cut <= wire.length; cut++) {
      expect(readIn([wire.subarray(0, cut), wire.subarray(cut)])).toEqual(whole);
    }
    expect(readIn([...wire].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('does so however the bytes are cut in many', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(wire.length), { maxLength: 20 }), (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), wire.length];
        const pieces = ends.map((end, at) => wire.subarray(ends[at - 1] ?? 0, end));
        expect(readIn(pieces)).toEqual(whole);
      }),
    );
  });

  it('takes the longest payload, and nothing longer for a frame', () => {
    const longest = encodeFrame(frameTypes.data, first, Buffer.alloc(longestFramePayload));
    expect(new FrameReader().push(longest)[0]?.payload.length).toBe(longestFramePayload);
    expect(() => new FrameReader().push(Buffer.from('<!doctype html><title>Sign in</title>'))).toThrow(
      /frames/,
    );
  });
});
