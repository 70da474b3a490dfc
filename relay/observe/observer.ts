/** Looks at forwarded requests for the log and the metrics, and costs next to nothing where neither asks. */
import type { RelayError } from '../replies/relay-error';
import type { ReplySink } from '../replies/reply-sink';
import type { ExchangeWatch, WatchedRequest } from './exchange-watch';
import { FailureWatch } from './failure-watch';
import type { Log } from './log';
import type { Metrics } from './metrics';
import { RequestWatch } from './request-watch';

export class Observer {
  readonly #log: Log;
  readonly #metrics: Metrics | undefined;
  readonly #seesEach: boolean;
  /** One for all requests of an upstream: where only failures matter, none is made for each. */
  readonly #failures = new Map<string, FailureWatch>();

  constructor(log: Log, metrics: Metrics | undefined) {
    this.#log = log;
    this.#metrics = metrics;
    this.#seesEach = metrics !== undefined || log.isLevelEnabled('info');
  }

  watch(upstream: string, outgoing: ReplySink, request: Omit<WatchedRequest, 'upstream'>): ExchangeWatch {
    if (this.#seesEach) {
      return new RequestWatch({ upstream, ...request }, outgoing, this.#log, this.#metrics);
    }
    let failures = this.#failures.get(upstream);
    if (!failures) this.#failures.set(upstream, (failures = new FailureWatch(this.#log, { upstream })));
    return failures;
  }

  /** A request that was turned away before it was sent to any upstream. */
  refused({ status, code, message }: RelayError): void {
    this.#metrics?.refused(status);
    this.#log.info({ status, code }, message);
  }
}
