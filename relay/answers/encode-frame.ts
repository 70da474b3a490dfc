/** One frame of a channel, as `relay/contract.ts` describes it. */
import { frameHeaderBytes, type frameTypes, type LaneHead, type RelayErrorBody } from '../contract';

/** @param id 32 hex digits */
export function encodeFrame(
  type: (typeof frameTypes)[keyof typeof frameTypes],
  id: string,
  payload: Uint8Array = new Uint8Array(),
): Buffer {
  const frame = Buffer.allocUnsafe(frameHeaderBytes + payload.length);
  frame.writeUInt8(type, 0);
  frame.writeUInt32BE(payload.length, 1);
  frame.write(id, 5, 'hex');
  frame.set(payload, frameHeaderBytes);
  return frame;
}

export function encodeJson(value: LaneHead | RelayErrorBody): Buffer {
  return Buffer.from(JSON.stringify(value));
}
