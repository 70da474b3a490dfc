/** What a forwarded request tells while it runs. */
import type { RelayError } from '../replies/relay-error';

export interface WatchedRequest {
  /** Its id. */
  readonly upstream: string;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  /** The name of the token. */
  readonly caller: string;
}

export interface ExchangeWatch {
  /** The head of the upstream's answer is here. */
  answered(status: number): void;
  /** Bytes of the answer's body. */
  sent(bytes: number): void;
  failed(error: RelayError): void;
}
