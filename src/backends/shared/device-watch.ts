/**
 * Notices that the graphics card is gone. WebLLM writes that to the console and unloads itself; whoever waits for an
 * answer is told something else, or nothing.
 */
import { BackendError } from '../../core/backend-error';

/** Milliseconds. A call on a lost device may fail before the loss is announced. */
const announcement = 250;

export class DeviceWatch {
  /** The adapter is a program on the processor. */
  isSoftware = false;
  #loss: BackendError | undefined;
  #isEnding = false;
  #waiting = new Set<(loss: BackendError) => void>();

  /** @param onIdleLoss called for a loss that no guarded work could report */
  constructor(private readonly onIdleLoss: (loss: BackendError) => void) {}

  /** Watches every device that is made in this realm from now on. */
  install(): void {
    if (typeof GPUAdapter === 'undefined') return;
    const prototype = GPUAdapter.prototype;
    const requestDevice = prototype.requestDevice;
    // A plain function, because the adapter is its `this`; an arrow function could not see it.
    const watch = (adapter: GPUAdapter, device: GPUDevice) => this.watch(adapter, device);
    prototype.requestDevice = async function (descriptor) {
      const device = await requestDevice.call(this, descriptor);
      watch(this, device);
      return device;
    };
  }

  watch(adapter: Pick<GPUAdapter, 'info'>, device: Pick<GPUDevice, 'lost'>): void {
    // Browsers before 2025 do not tell.
    this.isSoftware = adapter.info?.isFallbackAdapter ?? false;
    void device.lost.then((info) => this.#lose(info));
  }

  /** What follows is our own doing. */
  end(): void {
    this.#isEnding = true;
  }

  /** The work's own outcome, or the loss as soon as there is one. */
  guard<Result>(work: Promise<Result>): Promise<Result> {
    if (this.#loss) return Promise.reject(this.#loss);
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      work
        .then(resolve, async (thrown: unknown) => {
          await this.#announced();
          reject(this.#loss ?? asError(thrown));
        })
        .finally(() => this.#waiting.delete(reject));
    });
  }

  #announced(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, announcement));
  }

  #lose({ message, reason }: GPUDeviceLostInfo): void {
    if (this.#isEnding || this.#loss) return;
    this.#loss = deviceLost(message || reason);
    const waiting = [...this.#waiting];
    for (const reject of waiting) reject(this.#loss);
    if (waiting.length === 0) this.onIdleLoss(this.#loss);
  }
}

/** An engine in WebAssembly may end with an object that only looks like an error. */
function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const { message = String(thrown) } = Object(thrown) as { message?: string };
  return new Error(message);
}

export function deviceLost(said?: string): BackendError {
  return new BackendError(
    'out-of-memory',
    'The graphics card ran out of memory or was reset, and the model on it is gone.',
    {
      ...(said && { said }),
      hint: 'Send again to load it anew. If that happens again, choose a smaller model or a shorter context window, and close other tabs that use the graphics card.',
    },
  );
}
