/** Reads streams off raw sockets: 1 024 of them must cost less than what is measured. */
import { connect } from 'node:net';
import { clockMs } from './clock.mjs';

/**
 * @typedef {object} StreamFigures
 * @property {boolean} isWhole it ended with `[DONE]`
 * @property {number} ttftMs request sent to first frame
 * @property {number[]} delaysMs each frame, from leaving the server to arriving here
 * @property {number} longestGapMs between two frames
 */

const marker = '"content":"t';

/**
 * @param {number} port
 * @returns {Promise<import('node:net').Socket>} without a delay of small packets
 */
export function openSocket(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/**
 * @param {import('node:net').Socket} socket connected
 * @param {Buffer} request
 * @returns {Promise<StreamFigures>} at the end of the stream, however it ends
 */
export function readStream(socket, request) {
  return new Promise((resolve) => {
    const decode = chunkedDecoder();
    /** @type {number[]} */
    const delaysMs = [];
    let rest = '';
    let ttftMs = Number.NaN;
    let lastAt = 0;
    let longestGapMs = 0;
    const startedAt = clockMs();
    const finish = (/** @type {boolean} */ isWhole) => {
      socket.destroy();
      resolve({ isWhole, ttftMs, delaysMs, longestGapMs });
    };
    socket.setEncoding('latin1').on('data', (/** @type {string} */ bytes) => {
      const now = clockMs();
      rest += decode(bytes);
      let end = 0;
      for (let at; (at = rest.indexOf('\n\n', end)) >= 0; end = at + 2) {
        const stampAt = rest.indexOf(marker, end) + marker.length;
        if (stampAt < marker.length || stampAt > at) continue;
        delaysMs.push(now - Number(rest.slice(stampAt, rest.indexOf(' ', stampAt))));
        if (lastAt === 0) ttftMs = now - startedAt;
        else longestGapMs = Math.max(longestGapMs, now - lastAt);
        lastAt = now;
      }
      const isDone = rest.lastIndexOf('data: [DONE]') >= 0;
      rest = rest.slice(end);
      if (isDone) finish(true);
    });
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.write(request);
  });
}

/** Takes off the head and the framing of chunks; a body of another kind is passed as it is. */
function chunkedDecoder() {
  let head = '';
  let isBody = false;
  let isChunked = false;
  let left = 0;
  let sizeLine = '';
  /** @param {string} bytes @returns {string} */
  return (bytes) => {
    let text = bytes;
    if (!isBody) {
      head += bytes;
      const bodyStart = head.indexOf('\r\n\r\n') + 4;
      if (bodyStart < 4) return '';
      isBody = true;
      isChunked = /\r\ntransfer-encoding: chunked\r\n/i.test(head);
      if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`Unexpected answer: ${head.slice(0, 500)}`);
      text = head.slice(bodyStart);
    }
    if (!isChunked) return text;
    let body = '';
    let at = 0;
    while (at < text.length) {
      if (left > 0) {
        // The line end behind a chunk counts as its last two bytes and is taken off here.
        const piece = text.slice(at, at + left);
        at += piece.length;
        left -= piece.length;
        body += left >= 2 ? piece : piece.slice(0, piece.length - 2 + left);
        continue;
      }
      const lineEnd = text.indexOf('\n', at);
      sizeLine += lineEnd < 0 ? text.slice(at) : text.slice(at, lineEnd);
      if (lineEnd < 0) break;
      at = lineEnd + 1;
      left = Number.parseInt(sizeLine, 16) + 2;
      sizeLine = '';
    }
    return body;
  };
}
