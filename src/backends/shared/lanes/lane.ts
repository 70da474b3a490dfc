/** One answer on its way over the channel: frames in, a Response out, as if it had come by itself. */
import type { LaneHead } from '../../../../relay/contract';
import type { RelayAnswer } from '../../../core/backend';

export class Lane {
  readonly id: string;
  readonly onConnection: RelayAnswer['onConnection'];
  /** Bytes of the answer that have come. */
  received = 0;
  /** The relay has said that it works on it. */
  isAccepted = false;
  /** At the head of the answer. */
  readonly response: Promise<Response>;
  #hasHead = false;
  readonly #body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #failure: { readonly reason: unknown } | undefined;
  #resolve: (response: Response) => void = () => undefined;
  #reject: (reason: unknown) => void = () => undefined;

  /** @param onCancel the reader does not want the rest */
  constructor({ id, onConnection }: Pick<RelayAnswer, 'id' | 'onConnection'>, onCancel: () => void) {
    this.id = id;
    this.onConnection = onConnection;
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Whoever waits for it hears of a failure; it may also fail while nobody waits yet.
    this.response.catch(() => undefined);
    this.#body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller;
      },
      // Called when all that had come was taken.
      pull: (controller) => {
        if (this.#failure) controller.error(this.#failure.reason);
      },
      cancel: () => {
        this.#controller = undefined;
        onCancel();
      },
    });
  }

  /** Its part of the header `have` of the contract. */
  get have(): string {
    return `${this.id}${this.isAccepted ? '@' : '~'}${this.received}`;
  }

  /** A head comes again after each interruption; the Response is that of the first. */
  onHead({ status, headers }: LaneHead): void {
    if (this.#hasHead) return;
    this.#hasHead = true;
    const isBodyless = status === 204 || status === 304;
    this.#resolve(new Response(isBodyless ? null : this.#body, { status, headers }));
  }

  onData(bytes: Uint8Array): void {
    this.received += bytes.length;
    this.#controller?.enqueue(bytes);
  }

  onEnd(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }

  /** What had come can still be read: an errored stream would drop what nobody has taken yet. */
  fail(reason: unknown): void {
    this.#reject(reason);
    const isTaken = (this.#controller?.desiredSize ?? 0) > 0;
    if (isTaken) this.#controller?.error(reason);
    else this.#failure ??= { reason };
    this.#controller = undefined;
  }
}
