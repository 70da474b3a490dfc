/** What the page may ask of the service worker. Each request brings a port for the reply, except `activate`. */

export type WorkerRequest =
  /** Take over from the version that runs now. */
  | { readonly type: 'activate' }
  /** Keep what the engine with this worker script needs. */
  | { readonly type: 'keep-runtime'; readonly entry: string }
  | { readonly type: 'list-runtimes' }
  | { readonly type: 'clear-runtimes' };

/** What is kept of one engine's code. */
export interface KeptRuntime {
  /** The engine, as in the name of its worker: `wllama`, `webllm`, … */
  readonly name: string;
  readonly bytes: number;
}
