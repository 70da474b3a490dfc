/** Counts what is forwarded, and writes it in Prometheus' text form (version 0.0.4). */
import { Histogram } from './histogram';

/** By the first digit of the status; 0 where the caller left before any. */
const statusNames = ['none', '1xx', '2xx', '3xx', '4xx', '5xx'] as const;

interface UpstreamCounts {
  readonly byStatus: number[];
  readonly timeToHeaders: Histogram;
  running: number;
  sentBytes: number;
  aborts: number;
}

export class Metrics {
  readonly #version: string;
  readonly #upstreams: ReadonlyMap<string, UpstreamCounts>;
  readonly #refusals = new Map<number, number>();

  constructor(version: string, upstreamIds: Iterable<string>) {
    this.#version = version;
    this.#upstreams = new Map([...upstreamIds].map((id) => [id, noCounts()]));
  }

  started(id: string): void {
    this.#change(id, (counts) => (counts.running += 1));
  }

  answered(id: string, seconds: number): void {
    this.#change(id, (counts) => counts.timeToHeaders.add(seconds));
  }

  ended(id: string, end: { status: number | undefined; sentBytes: number; isAborted: boolean }): void {
    this.#change(id, (counts) => {
      const place = Math.floor((end.status ?? 0) / 100);
      counts.running -= 1;
      counts.byStatus[place] = (counts.byStatus[place] ?? 0) + 1;
      counts.sentBytes += end.sentBytes;
      if (end.isAborted) counts.aborts += 1;
    });
  }

  refused(status: number): void {
    this.#refusals.set(status, (this.#refusals.get(status) ?? 0) + 1);
  }

  text(): string {
    const { rss, heapUsed } = process.memoryUsage();
    const families = [
      family('switchyard_info', 'gauge', 'The version that runs.', [
        `switchyard_info{version="${this.#version}"} 1`,
      ]),
      this.#family('switchyard_requests_total', 'counter', 'Forwarded requests that have ended.', (counts) =>
        counts.byStatus.map((count, index) => [`,status="${statusNames[index]}"`, count]),
      ),
      this.#family('switchyard_running_requests', 'gauge', 'Forwarded requests that run now.', (counts) => [
        ['', counts.running],
      ]),
      this.#family('switchyard_sent_bytes_total', 'counter', 'Bytes of answers passed on.', (counts) => [
        ['', counts.sentBytes],
      ]),
      this.#family('switchyard_aborts_total', 'counter', 'Requests whose caller left early.', (counts) => [
        ['', counts.aborts],
      ]),
      family(
        'switchyard_time_to_headers_seconds',
        'histogram',
        'From the request to the head of the answer.',
        [...this.#upstreams].flatMap(([id, { timeToHeaders }]) =>
          timeToHeaders.lines('switchyard_time_to_headers_seconds', `upstream="${id}"`),
        ),
      ),
      family(
        'switchyard_refusals_total',
        'counter',
        'Requests that were not forwarded.',
        [...this.#refusals].map(
          ([status, count]) => `switchyard_refusals_total{status="${status}"} ${count}`,
        ),
      ),
      family('process_resident_memory_bytes', 'gauge', 'Memory of the process.', [
        `process_resident_memory_bytes ${rss}`,
      ]),
      family('nodejs_heap_used_bytes', 'gauge', 'JavaScript’s part of it.', [
        `nodejs_heap_used_bytes ${heapUsed}`,
      ]),
      family('process_start_time_seconds', 'gauge', 'Start of the process, in Unix time.', [
        `process_start_time_seconds ${Math.round(performance.timeOrigin / 1000)}`,
      ]),
    ];
    return `${families.flat().join('\n')}\n`;
  }

  #family(
    name: string,
    type: 'counter' | 'gauge',
    help: string,
    read: (counts: UpstreamCounts) => readonly (readonly [labels: string, value: number])[],
  ): string[] {
    const lines = [...this.#upstreams].flatMap(([id, counts]) =>
      read(counts).map(([labels, value]) => `${name}{upstream="${id}"${labels}} ${value}`),
    );
    return family(name, type, help, lines);
  }

  #change(id: string, change: (counts: UpstreamCounts) => void): void {
    const counts = this.#upstreams.get(id);
    if (counts) change(counts);
  }
}

function family(name: string, type: string, help: string, lines: readonly string[]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines];
}

function noCounts(): UpstreamCounts {
  return {
    byStatus: statusNames.map(() => 0),
    timeToHeaders: new Histogram(),
    running: 0,
    sentBytes: 0,
    aborts: 0,
  };
}
