/** Follows one forwarded request from its arrival to the end of its answer. */
import type { RelayError } from '../replies/relay-error';
import type { ReplySink } from '../replies/reply-sink';
import type { ExchangeWatch, WatchedRequest } from './exchange-watch';
import { FailureWatch } from './failure-watch';
import type { Log } from './log';
import type { Metrics } from './metrics';

export class RequestWatch implements ExchangeWatch {
  readonly #request: WatchedRequest;
  readonly #outgoing: ReplySink;
  readonly #log: Log;
  readonly #metrics: Metrics | undefined;
  readonly #failures: FailureWatch;
  readonly #startedAt = performance.now();
  #headersAfterMs: number | undefined;
  #sentBytes = 0;
  #hasFailed = false;

  constructor(request: WatchedRequest, outgoing: ReplySink, log: Log, metrics: Metrics | undefined) {
    this.#request = request;
    this.#outgoing = outgoing;
    this.#log = log;
    this.#metrics = metrics;
    this.#failures = new FailureWatch(log, request);
    metrics?.started(request.upstream);
    outgoing.on('close', () => this.#onClose());
  }

  answered(status: number): void {
    this.#headersAfterMs = this.#sinceStart();
    this.#metrics?.answered(this.#request.upstream, this.#headersAfterMs / 1000);
    this.#failures.answered(status);
  }

  sent(bytes: number): void {
    this.#sentBytes += bytes;
  }

  failed(error: RelayError): void {
    this.#hasFailed = true;
    this.#failures.failed(error);
  }

  #onClose(): void {
    const { headersSent, statusCode, writableFinished } = this.#outgoing;
    const status = headersSent ? statusCode : undefined;
    const isAborted = !writableFinished && !this.#hasFailed;
    this.#metrics?.ended(this.#request.upstream, { status, sentBytes: this.#sentBytes, isAborted });
    this.#log.info(
      {
        ...this.#request,
        status,
        headersAfterMs: this.#headersAfterMs,
        totalMs: this.#sinceStart(),
        sentBytes: this.#sentBytes,
        isAborted,
      },
      'forwarded',
    );
  }

  #sinceStart(): number {
    return Math.round(performance.now() - this.#startedAt);
  }
}
