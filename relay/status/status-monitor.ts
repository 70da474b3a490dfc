/** The state of every upstream, asked anew each time but never twice at once, and never in the way of a chat. */
import type { RelayStatus, UpstreamStatus, UpstreamSummary } from '../contract';
import { probe } from './probe';
import type { Upstream, Upstreams } from '../upstreams/upstream';

const probeLimitMs = 2500;
/** How long the page's configuration waits for the first look at who is who. */
const firstLookLimitMs = 500;

export class StatusMonitor {
  readonly #upstreams: Upstreams;
  readonly #running = new Map<Upstream, Promise<UpstreamStatus>>();
  readonly #last = new Map<Upstream, UpstreamStatus>();

  constructor(upstreams: Upstreams) {
    this.#upstreams = upstreams;
  }

  async status(): Promise<RelayStatus> {
    const upstreams = await Promise.all([...this.#upstreams.values()].map((one) => this.#statusOf(one)));
    return { upstreams };
  }

  /** Without a probe, once each upstream has been looked at: which kind one is may only show then. */
  async summaries(): Promise<UpstreamSummary[]> {
    const all = [...this.#upstreams.values()];
    if (all.some((one) => !this.#last.has(one))) await Promise.race([this.status(), delay(firstLookLimitMs)]);
    return all.map(({ summary }) => summary);
  }

  #statusOf(upstream: Upstream): Promise<UpstreamStatus> {
    const running = this.#running.get(upstream);
    if (running) return running;
    // InstructLab refuses or breaks off when asked while it streams; its own stream shows that it lives.
    if (upstream.isSerial && upstream.turnstile.isBusy) {
      return Promise.resolve(this.#last.get(upstream) ?? { ...base(upstream), state: 'ready', models: [] });
    }
    const started = this.#look(upstream).finally(() => this.#running.delete(upstream));
    this.#running.set(upstream, started);
    return started;
  }

  async #look(upstream: Upstream): Promise<UpstreamStatus> {
    // A chat that comes meanwhile waits for its turn, as the probe does not last.
    const turn = upstream.isSerial ? upstream.turnstile.enter(() => undefined) : undefined;
    const startedAt = performance.now();
    const found = await probe(upstream, AbortSignal.timeout(probeLimitMs));
    const latencyMs = Math.round(performance.now() - startedAt);
    turn?.leave();
    // Read after the probe, which may have learnt the kind.
    const status = { ...base(upstream), ...found, ...(found.state === 'ready' ? { latencyMs } : {}) };
    this.#last.set(upstream, status);
    return status;
  }
}

function base({ summary, settings }: Upstream): UpstreamSummary & Pick<UpstreamStatus, 'url' | 'hasKey'> {
  return { ...summary, url: settings.baseUrl, hasKey: settings.authorization !== undefined };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
