/** Puts the frames of a channel together again, however its bytes were cut. */
import { frameHeaderBytes, longestFramePayload } from '../../../../relay/contract';

export interface Frame {
  readonly type: number;
  /** 32 hex digits. */
  readonly answerId: string;
  readonly payload: Uint8Array;
}

export class FrameReader {
  #rest = new Uint8Array();

  /** @throws Error when the bytes are no frames; nothing can be read after that */
  push(bytes: Uint8Array): Frame[] {
    const all = this.#rest.length === 0 ? bytes : joined(this.#rest, bytes);
    const frames: Frame[] = [];
    let at = 0;
    while (all.length - at >= frameHeaderBytes) {
      const header = new DataView(all.buffer, all.byteOffset + at, frameHeaderBytes);
      const length = header.getUint32(1);
      if (length > longestFramePayload)
        throw new Error('The channel to the relay sent something else than frames.');
      const end = at + frameHeaderBytes + length;
      if (end > all.length) break;
      frames.push({
        type: header.getUint8(0),
        answerId: hex(all.subarray(at + 5, at + frameHeaderBytes)),
        payload: all.subarray(at + frameHeaderBytes, end),
      });
      at = end;
    }
    this.#rest = all.slice(at);
    return frames;
  }
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const all = new Uint8Array(left.length + right.length);
  all.set(left);
  all.set(right, left.length);
  return all;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
