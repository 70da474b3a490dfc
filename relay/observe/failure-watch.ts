/** Writes down what fails between the relay and an upstream, and nothing else. */
import type { RelayError } from '../replies/relay-error';
import type { ExchangeWatch, WatchedRequest } from './exchange-watch';
import type { Log } from './log';

export class FailureWatch implements ExchangeWatch {
  readonly #log: Log;
  readonly #request: Partial<WatchedRequest>;

  constructor(log: Log, request: Partial<WatchedRequest>) {
    this.#log = log;
    this.#request = request;
  }

  answered(status: number): void {
    if (status >= 500) this.#log.warn({ ...this.#request, status }, 'The server answered with a failure.');
  }

  sent(): void {
    // Not a failure.
  }

  failed({ status, code, message }: RelayError): void {
    // What the caller did wrong is no failure of the relay or its servers.
    if (status >= 500) this.#log.warn({ ...this.#request, status, code }, message);
  }
}
