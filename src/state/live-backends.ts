/** The backends in use: made on first use, made anew when their address or key changed. */
import type { Backend } from '../core/backend';
import type { Connection } from '../core/connection';

export class LiveBackends {
  readonly #create: (connection: Connection) => Promise<Backend>;
  readonly #live = new Map<string, { readonly key: string; readonly backend: Promise<Backend> }>();

  constructor(create: (connection: Connection) => Promise<Backend>) {
    this.#create = create;
  }

  get(connection: Connection): Promise<Backend> {
    const key = JSON.stringify(connection);
    const existing = this.#live.get(connection.id);
    if (existing?.key === key) return existing.backend;
    void existing?.backend.then((backend) => backend.dispose());
    const backend = this.#create(connection);
    this.#live.set(connection.id, { key, backend });
    // A chunk that failed to load may load the next time.
    backend.catch(() => this.#live.delete(connection.id));
    return backend;
  }
}
