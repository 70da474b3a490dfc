/**
 * How bytes of an upstream come from its socket: through one buffer for all sockets, and past Node's stream where
 * nothing waits in it. Node otherwise sets 64 KB aside for every read and takes three detours to hand over a frame of
 * 200 bytes; that is a sixteenth of what a frame costs.
 */
import type { OnReadOpts, Socket } from 'node:net';

/** As much as Node itself reads at once. */
const mostAtOnce = 65_536;

/** A read and its callback are one step of the loop, so sockets never hold it at the same time. */
const buffer = Buffer.allocUnsafeSlow(mostAtOnce);

/** What a socket holds ready for its reader, while that is told of it. */
let atHand: { readonly socket: Socket; readonly bytes: Buffer } | undefined;

const taught = new WeakSet<Socket>();

/** For `net.connect`, and for a reader that listens to `readable` and calls `read()`, as undici's does. */
export const readWithoutStream: OnReadOpts = { buffer, callback: onRead };

function onRead(this: Socket, length: number): boolean {
  // A copy, for the reader may keep pieces of it: half a head, for one. A small one comes out of Node's pool.
  const bytes = Buffer.from(buffer.subarray(0, length));
  if (this.readableLength > 0) return this.push(bytes);
  if (!taught.has(this)) teach(this);
  atHand = { socket: this, bytes };
  this.emit('readable');
  if (atHand === undefined) return true;
  // The reader has paused: the stream keeps the bytes, and says when it is full.
  atHand = undefined;
  return this.push(bytes);
}

/** Lets the socket give what is at hand before what its stream holds. */
function teach(socket: Socket): void {
  taught.add(socket);
  const readStream = socket.read.bind(socket);
  socket.read = (size?: number): Buffer | null => {
    if (size !== undefined || atHand?.socket !== socket) return readStream(size) as Buffer | null;
    const { bytes } = atHand;
    atHand = undefined;
    return bytes;
  };
}
