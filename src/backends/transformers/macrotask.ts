/** A turn of the event loop that costs microseconds; `setTimeout` waits for four milliseconds when it is nested. */

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Messages that were posted to this worker, such as a stop, are delivered before it resolves. */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
