/** One server behind the relay: its connections, what it turned out to be, and its turnstile. */
import { Pool } from 'undici';
import type { ServerKind } from '../../src/core/connection';
import type { UpstreamSummary } from '../contract';
import { serverLabels } from '../settings/server-labels';
import type { RelayLimits, UpstreamSettings } from '../settings/settings';
import { readWithoutStream } from './read-without-stream';
import { Turnstile } from './turnstile';

const maxConnections = 1024;

type UpstreamLimits = Pick<RelayLimits, 'connectTimeoutMs' | 'idleTimeoutMs'>;

export class Upstream {
  readonly settings: UpstreamSettings;
  /** What the base URL adds in front of every path. */
  readonly pathPrefix: string;
  readonly pool: Pool;
  readonly turnstile = new Turnstile();
  /** Sent with every request: name, value, name, value, … */
  readonly ownHeaders: readonly string[];
  #kind: ServerKind;

  constructor(settings: UpstreamSettings, { connectTimeoutMs, idleTimeoutMs }: UpstreamLimits) {
    const { origin, pathname, protocol } = new URL(settings.baseUrl);
    this.settings = settings;
    this.#kind = settings.kind;
    this.pathPrefix = pathname === '/' ? '' : pathname;
    this.ownHeaders = [
      ...['user-agent', 'Switchyard'],
      ...(settings.authorization === undefined ? [] : ['authorization', settings.authorization]),
    ];
    this.pool = new Pool(origin, {
      connections: maxConnections,
      connect: { timeout: connectTimeoutMs, ...(protocol === 'http:' && { onread: readWithoutStream }) },
      // A cold model may take minutes to its first byte: only a person decides to give up.
      headersTimeout: idleTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    });
  }

  get kind(): ServerKind {
    return this.#kind;
  }

  /** It takes one request at a time, and none while a connection of the last one is still open. */
  get isSerial(): boolean {
    return this.#kind === 'instructlab';
  }

  get summary(): UpstreamSummary {
    const { id, kind, label } = this.settings;
    return { id, kind: this.#kind, label: label === serverLabels[kind] ? serverLabels[this.#kind] : label };
  }

  /** vLLM and InstructLab share a port and a protocol; which one answers is known only when asked. */
  turnsOutToBe(kind: ServerKind): void {
    this.#kind = kind;
  }
}

export type Upstreams = ReadonlyMap<string, Upstream>;

export function openUpstreams(settings: readonly UpstreamSettings[], limits: UpstreamLimits): Upstreams {
  return new Map(settings.map((one) => [one.id, new Upstream(one, limits)]));
}

/** Breaks off what still runs. */
export async function closeUpstreams(upstreams: Upstreams): Promise<void> {
  await Promise.all([...upstreams.values()].map(({ pool }) => pool.destroy()));
}
