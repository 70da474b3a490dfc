/**
 * Requests to the relay whose answers all come over one connection: a browser opens six to an origin, and each answer
 * would hold one. An answer survives that the connection breaks, and goes on in a page that was loaded again.
 */
import {
  frameTypes,
  type LaneHead,
  laneHeaders,
  relayPaths,
  type RelayErrorBody,
} from '../../../../relay/contract';
import type { RelayAnswer } from '../../../core/backend';
import { BackendError } from '../../../core/backend-error';
import { randomHex } from '../../../platform/random-hex';
import { Channel } from './channel';
import type { Frame } from './frame-reader';
import { Lane } from './lane';

export class LaneClient {
  readonly #origin: string;
  readonly #channel: Channel;
  readonly #lanes = new Map<string, Lane>();
  readonly #usedIds = new Set<string>();

  /** @param origin of the relay, which is that of the page */
  constructor(origin: string) {
    this.#origin = origin;
    this.#channel = new Channel(origin, {
      have: () => [...this.#lanes.values()].map(({ have }) => have).join(','),
      onFrame: (frame) => this.#onFrame(frame),
      onConnection: (isUp) => {
        for (const { onConnection } of this.#lanes.values()) onConnection?.(isUp);
      },
      onLost: () => this.#failAll(notComingBack()),
    });
  }

  /**
   * Stands for `fetch` of one POST request. Rejects as `fetch` does; the body of the Response may break off with a
   * BackendError.
   */
  fetchFor(answer: RelayAnswer = { id: randomHex(16), isResumed: false }): typeof fetch {
    const { id: wantedId, isResumed, onConnection } = answer;
    return (input, init = {}) => {
      // An adapter may ask twice for one answer; the relay takes an id once.
      const id = this.#usedIds.has(wantedId) ? randomHex(16) : wantedId;
      this.#usedIds.add(id);
      const lane = new Lane({ id, onConnection }, () => this.#stop(id));
      if (!isResumed) return this.#send(lane, input, init);
      const { signal } = init;
      return this.#send(lane, `${this.#origin}${relayPaths.answers}/${id}`, { method: 'POST', signal });
    };
  }

  async #send(lane: Lane, input: string | URL | Request, init: RequestInit): Promise<Response> {
    const { id } = lane;
    const { signal } = init;
    signal?.throwIfAborted();
    this.#lanes.set(id, lane);
    this.#channel.open();
    const onAbort = (): void => {
      lane.fail(signal?.reason);
      this.#stop(id);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      const headers = new Headers(init.headers);
      headers.set(laneHeaders.answer, id);
      headers.set(laneHeaders.channel, this.#channel.id);
      const reply = await fetch(input, { ...init, headers });
      if (reply.headers.get(laneHeaders.answer) === id) {
        lane.isAccepted = true;
        return await lane.response;
      }
      // A refusal, or a relay that does not know of lanes and answers by itself.
      this.#leave(id);
      return reply;
    } catch (thrown) {
      this.#leave(id);
      throw thrown;
    }
  }

  #onFrame({ type, answerId, payload }: Frame): void {
    const lane = this.#lanes.get(answerId);
    if (!lane) return;
    switch (type) {
      case frameTypes.head:
        return this.#onHead(lane, parse(payload) as LaneHead);
      case frameTypes.data:
        return lane.onData(payload);
      case frameTypes.end:
        this.#leave(answerId);
        return lane.onEnd();
      case frameTypes.error:
        this.#leave(answerId);
        return lane.fail(asError(parse(payload) as RelayErrorBody));
    }
  }

  #onHead(lane: Lane, head: LaneHead): void {
    if (head.from === lane.received) return lane.onHead(head);
    this.#stop(lane.id);
    lane.fail(new BackendError('malformed-stream', 'The relay went on with this answer at the wrong place.'));
  }

  /** The server hears of it at once; the page does not wait for that. */
  #stop(id: string): void {
    if (!this.#leave(id)) return;
    const url = `${this.#origin}${relayPaths.answers}/${id}`;
    // Should it fail, the relay ends the answer when its time is over.
    fetch(url, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }

  #leave(id: string): boolean {
    const wasHere = this.#lanes.delete(id);
    if (this.#lanes.size === 0) this.#channel.rest();
    return wasHere;
  }

  #failAll(error: BackendError): void {
    for (const [id, lane] of this.#lanes) {
      // One that was not accepted yet fails, or not, with its own request.
      if (!lane.isAccepted) continue;
      this.#leave(id);
      lane.fail(error);
    }
  }
}

/** Both ends ship together, so the shape is trusted. */
function parse(payload: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(payload));
}

const retryHint = 'Retry asks for the whole answer again.';

function asError({ error }: RelayErrorBody): BackendError {
  return new BackendError(error.code, error.message, { hint: retryHint });
}

function notComingBack(): BackendError {
  return new BackendError('unreachable', 'The connection to the relay broke and could not be opened again.', {
    hint: `Is it still running? ${retryHint}`,
  });
}
