/** One request on its way through: pipes the upstream's bytes into the reply as they come. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { describeFailure } from '../upstreams/describe-failure';
import { forwardedReplyHeaders } from './forwarded-headers';
import { type RelayError, writeError } from '../replies/relay-error';
import type { ReplySink } from '../replies/reply-sink';
import type { HeaderPair } from '../replies/security-headers';
import type { ExchangeWatch } from '../observe/exchange-watch';
import type { Turn } from '../upstreams/turnstile';
import type { Upstream } from '../upstreams/upstream';

export interface ForwardedRequest {
  readonly method: Dispatcher.HttpMethod;
  /** With query, without the base URL's own path. */
  readonly path: string;
  /** Name, value, name, value, … */
  readonly headers: string[];
  readonly body: Buffer | null;
}

/** A class, not closures: it is made for each request of the one hot path. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #upstream: Upstream;
  readonly #outgoing: ReplySink;
  readonly #cors: readonly HeaderPair[];
  readonly #watch: ExchangeWatch;
  readonly #resume = (): void => this.#controller?.resume();
  #controller: Dispatcher.DispatchController | undefined;
  #turn: Turn | undefined;
  #isGone = false;

  constructor(upstream: Upstream, outgoing: ReplySink, cors: readonly HeaderPair[], watch: ExchangeWatch) {
    this.#upstream = upstream;
    this.#outgoing = outgoing;
    this.#cors = cors;
    this.#watch = watch;
    // `close` of the response, not of the request: that one also fires when a body has simply been read.
    outgoing.on('close', () => this.#onClose());
  }

  /** Sends it now, or when it is its turn. */
  send(request: ForwardedRequest): void {
    if (this.#isGone) return;
    if (!this.#upstream.isSerial) {
      this.#dispatch(request);
      return;
    }
    // Assigned before the turn can come, so that every end of the exchange gives the place up.
    const turn = this.#upstream.turnstile.enter(() => queueMicrotask(() => this.#dispatch(request)));
    this.#turn = turn;
    if (!turn) this.fail(lineIsFull);
  }

  fail(error: RelayError): void {
    this.#turn?.leave();
    if (this.#isGone) return;
    this.#watch.failed(error);
    writeError(this.#outgoing, error, this.#cors);
  }

  /** Ends it at any time, on both sides. */
  giveUp(error: RelayError): void {
    this.fail(error);
    this.#isGone = true;
    this.#controller?.abort(new Error('The exchange was given up.'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isGone) controller.abort(new Error('The client has gone.'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return;
    if (status >= 300 && status < 400) {
      this.fail(redirected(status));
      controller.abort(new Error('Redirects are not followed.'));
      return;
    }
    this.#watch.answered(status);
    this.#outgoing.writeHead(status, forwardedReplyHeaders(headers, this.#cors));
    // Whoever waits for a stream learns at once that it was accepted.
    if (headers['content-length'] === undefined) this.#outgoing.flushHeaders();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#watch.sent(chunk.length);
    if (this.#outgoing.write(chunk)) return;
    controller.pause();
    this.#outgoing.once('drain', this.#resume);
  }

  onResponseEnd(): void {
    this.#turn?.leave();
    this.#outgoing.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.#outgoing.writableEnded) this.fail(describeFailure(error, this.#upstream.summary.label));
  }

  #dispatch({ method, path, headers, body }: ForwardedRequest): void {
    if (this.#isGone) return;
    const { pool, pathPrefix, isSerial } = this.#upstream;
    try {
      // InstructLab counts idle connections as requests, so none is kept.
      pool.dispatch({ method, path: pathPrefix + path, headers, body, reset: isSerial }, this);
    } catch (thrown) {
      this.fail(describeFailure(thrown, this.#upstream.summary.label));
    }
  }

  #onClose(): void {
    this.#isGone = true;
    if (!this.#outgoing.writableEnded) this.#controller?.abort(new Error('The client has gone.'));
    this.#turn?.leave();
  }
}

const lineIsFull: RelayError = {
  status: 503,
  code: 'rate-limited',
  message: 'Too many requests wait for this server, which takes one at a time. Try again when it is free.',
  retryAfterSeconds: 5,
};

function redirected(status: number): RelayError {
  return {
    status: 502,
    code: 'server-failed',
    message: `The server answered with a redirect (${status}), which the relay does not follow. Check its base URL.`,
  };
}
