/** Whether a newer version of the page waits, and changing over to it when the person says so. */

/** What this needs of `navigator.serviceWorker`, its registration and the window. */
export interface UpdateHost {
  readonly registration: Pick<
    ServiceWorkerRegistration,
    'active' | 'waiting' | 'installing' | 'addEventListener'
  >;
  readonly container: Pick<ServiceWorkerContainer, 'addEventListener'>;
  reload(): void;
}

export class AppUpdate {
  isReady = $state(false);
  readonly #host: UpdateHost;
  /** A first version is no update. */
  #hadVersion: boolean;
  #isApplying = false;

  constructor(host: UpdateHost) {
    this.#host = host;
    const { registration, container } = host;
    this.#hadVersion = Boolean(registration.active);
    this.isReady = Boolean(registration.waiting);
    this.#watch(registration.installing);
    registration.addEventListener('updatefound', () => this.#watch(registration.installing));
    container.addEventListener('controllerchange', () => {
      if (this.#isApplying) host.reload();
      // Another tab changed over. This one goes on with what it has until it is told otherwise.
      else if (this.#hadVersion) this.isReady = true;
      this.#hadVersion = true;
    });
  }

  /** Loads the new version; an answer that is being written stops where it is. */
  apply(): void {
    const { waiting } = this.#host.registration;
    if (!waiting) return this.#host.reload();
    this.#isApplying = true;
    waiting.postMessage({ type: 'activate' });
  }

  /** Not now: the next version, or the next opening of the page, offers it again. */
  postpone(): void {
    this.isReady = false;
  }

  #watch(worker: ServiceWorker | null): void {
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && this.#host.registration.active) this.isReady = true;
    });
  }
}
