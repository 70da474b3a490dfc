/** One who calls, known by a token, and how much of the servers it may use. */
import type { RelayError } from '../replies/relay-error';
import type { ReplySink } from '../replies/reply-sink';
import type { TokenSettings } from '../settings/settings';
import { TokenBucket } from './token-bucket';

/** When a running request ends is not known. */
const retryWhenBusySeconds = 5;

export class Caller {
  readonly name: string;
  readonly #requestsPerMinute: number | undefined;
  readonly #bucket: TokenBucket | undefined;
  readonly #concurrent: number;
  #running = 0;

  constructor({ name, requestsPerMinute, concurrent }: Omit<TokenSettings, 'value'>) {
    this.name = name;
    this.#requestsPerMinute = requestsPerMinute;
    this.#bucket = requestsPerMinute ? new TokenBucket(requestsPerMinute, performance.now()) : undefined;
    this.#concurrent = concurrent ?? Infinity;
  }

  /** Counts a request that is about to be forwarded, until its response is closed; or says why it must wait. */
  admit(outgoing: ReplySink): RelayError | undefined {
    if (this.#running >= this.#concurrent) return this.#tooManyAtOnce();
    const seconds = this.#bucket?.take(performance.now()) ?? 0;
    if (seconds > 0) return this.#tooMany(seconds);
    if (this.#concurrent === Infinity) return undefined;
    this.#running += 1;
    outgoing.on('close', () => (this.#running -= 1));
    return undefined;
  }

  #tooManyAtOnce(): RelayError {
    const requests = this.#concurrent === 1 ? 'one request' : `${this.#concurrent} requests`;
    const message = `The token "${this.name}" may run ${requests} at a time. Try again when one has ended.`;
    return { status: 429, code: 'rate-limited', message, retryAfterSeconds: retryWhenBusySeconds };
  }

  #tooMany(seconds: number): RelayError {
    const message = `The token "${this.name}" may send ${this.#requestsPerMinute} requests per minute. Try again in ${seconds} s.`;
    return { status: 429, code: 'rate-limited', message, retryAfterSeconds: seconds };
  }
}
