/** A `fetch` that answers with given bytes in given pieces: fast enough to try every cut. */
import type { Recording } from './recording';

/** @param cuts Offsets at which the body is cut into pieces. */
export function replayFetch(recording: Recording, cuts: readonly number[]): typeof fetch {
  return () => {
    const pieces = [0, ...cuts].map((from, index) => recording.body.slice(from, cuts[index]));
    let next = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces[next++];
        if (piece) controller.enqueue(piece);
        else if (recording.isCut) controller.error(new TypeError('terminated'));
        else controller.close();
      },
    });
    return Promise.resolve(new Response(body, { status: recording.status, headers: recording.headers }));
  };
}
