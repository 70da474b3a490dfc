/** A client that takes 10 KB a second of 100 MB: how far the proxy's memory grows meanwhile. */
import { once } from 'node:events';
import { residentMb } from './process-figures.mjs';
import { requestBytes } from './request.mjs';
import { openSocket } from './stream-client.mjs';

/** @typedef {import('./figures.mjs').Figure} Figure */
/** @typedef {import('./subjects.mjs').Subject} Subject */

/** What the server sends for the model `flood`, at least. */
const floodBytes = 100e6;
const seconds = 10;
const bytesPerSecond = 10_000;

/** Each proxy at the same time: they are processes of their own. @param {import('./subjects.mjs').Subjects} subjects @returns {Promise<Figure[]>} */
export async function measureSlowReader({ proxies }) {
  return Promise.all(
    proxies.map(async (subject) => ({
      subject: subject.name,
      metric: 'growth under a slow reader of 100 MB',
      unit: 'MB',
      value: await growthOf(subject),
    })),
  );
}

/**
 * After one that is read at full speed: what the first megabytes of all leave behind is no matter of slowness.
 * @param {Subject} subject
 */
async function growthOf(subject) {
  const hasty = await openFlood(subject);
  for (let received = 0; received < floodBytes;) received += (await once(hasty, 'data'))[0].length;
  hasty.destroy();
  const before = residentMb(subject.pid);
  const slow = await openFlood(subject);
  let peak = before;
  await once(slow, 'readable');
  for (let second = 0; second < seconds; second++) {
    slow.read(Math.min(bytesPerSecond, slow.readableLength));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    peak = Math.max(peak, residentMb(subject.pid));
  }
  slow.destroy();
  return peak - before;
}

/** @param {Subject} subject */
async function openFlood(subject) {
  const socket = await openSocket(subject.port);
  socket.on('error', () => undefined);
  socket.write(requestBytes(subject, { model: 'flood', stream: true }));
  return socket;
}
