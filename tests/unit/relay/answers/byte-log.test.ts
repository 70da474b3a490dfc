/** The bytes of an answer by their position. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteLog } from '../../../../relay/answers/byte-log';

function readAll(log: ByteLog, from: number, limit: number): Buffer {
  const pieces: Buffer[] = [];
  for (let at = from; at < log.end;) {
    const piece = log.read(at, limit);
    expect(piece.length).toBeGreaterThan(0);
    pieces.push(Buffer.from(piece));
    at += piece.length;
  }
  return Buffer.concat(pieces);
}

describe('ByteLog', () => {
  it('gives back what was appended, from every position that is still there', () => {
    const sizes = fc.array(fc.nat(30_000), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        sizes,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 70_000 }),
        (lengths, drop, start, limit) => {
          const chunks = lengths.map((length, at) => Buffer.alloc(length, at + 1));
          const all = Buffer.concat(chunks);
          const log = new ByteLog();
          for (const chunk of chunks) log.append(chunk);
          log.dropBefore(drop % (all.length + 1));
          expect(log.end).toBe(all.length);
          expect(log.start).toBe(drop % (all.length + 1));
          const from = log.start + (start % (all.length - log.start + 1));
          expect(readAll(log, from, limit).equals(all.subarray(from))).toBe(true);
          expect(log.allocated).toBeLessThanOrEqual(all.length - log.start + 2 * 65_536);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('takes no memory once everything was let go, and goes on at the right position', () => {
    const log = new ByteLog();
    log.append(Buffer.from('abc'));
    log.dropBefore(3);
    expect(log.allocated).toBe(0);
    log.append(Buffer.from('def'));
    expect(readAll(log, 3, 10).toString()).toBe('def');
  });
});
