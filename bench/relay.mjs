/** What the relay costs, with all checks on, beside a bare proxy and nginx: added latency and throughput. */
import { ratioOf, report, summarize } from './shared/report.mjs';
import { openConnection } from './relay/connection.mjs';
import { startSubjects, token } from './relay/subjects.mjs';

/** @typedef {import('./relay/subjects.mjs').Subject} Subject */

const requestsPerRound = 200;
const warmUpRequests = 2000;
const clients = 32;
const throughputMs = 1000;

/** @param {{ rounds?: number }} [options] */
export async function run({ rounds = 9 } = {}) {
  const subjects = await startSubjects();
  try {
    for (const subject of subjects) await throughput(subject, { requests: warmUpRequests });
    /** @type {Map<Subject, { latency: number[], perSecond: number[] }>} */
    const measured = new Map(subjects.map((subject) => [subject, { latency: [], perSecond: [] }]));
    for (let round = 0; round < rounds; round++) {
      const latencies = await latencyRound(subjects);
      for (const [subject, { latency, perSecond }] of measured) {
        latency.push(latencies.get(subject) ?? Number.NaN);
        perSecond.push(await throughput(subject, { milliseconds: throughputMs }));
      }
    }
    return summary(measured, rounds);
  } finally {
    await Promise.all(subjects.map(({ stop }) => stop()));
  }
}

/**
 * Median milliseconds of one request at a time. Subjects take turns request by request, so that whatever
 * else the machine does weighs on all alike.
 * @param {readonly Subject[]} subjects
 */
async function latencyRound(subjects) {
  const lanes = await Promise.all(
    subjects.map(async (subject) => ({
      subject,
      connection: await openConnection(subject.port, requestBytes(subject)),
      /** @type {number[]} */
      times: [],
    })),
  );
  for (let request = 0; request < requestsPerRound; request++) {
    for (const { connection, times } of lanes) {
      const startedAt = performance.now();
      await connection.ask();
      times.push(performance.now() - startedAt);
    }
  }
  for (const { connection } of lanes) connection.close();
  return new Map(lanes.map(({ subject, times }) => [subject, summarize(times).p50]));
}

/**
 * Requests per second of many clients at once.
 * @param {Subject} subject
 * @param {{ milliseconds?: number, requests?: number }} limit
 */
async function throughput(subject, { milliseconds = Infinity, requests = Infinity }) {
  const bytes = requestBytes(subject);
  const connections = await Promise.all(
    Array.from({ length: clients }, () => openConnection(subject.port, bytes)),
  );
  const startedAt = performance.now();
  let done = 0;
  await Promise.all(
    connections.map(async ({ ask, close }) => {
      while (done < requests && performance.now() - startedAt < milliseconds) {
        await ask();
        done++;
      }
      close();
    }),
  );
  return (done / (performance.now() - startedAt)) * 1000;
}

/** What a browser sends for a short chat. @param {Subject} subject */
function requestBytes({ port, path }) {
  const body = JSON.stringify({
    model: 'm',
    messages: [{ role: 'user', content: 'Say hello, please.' }],
    temperature: 0.7,
    max_tokens: 64,
  });
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    'Connection: keep-alive',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Content-Type: application/json',
    'Accept: */*',
    'Accept-Encoding: gzip, deflate, br',
    'Accept-Language: en',
    `Authorization: Bearer ${token}`,
    'Origin: https://chat.example',
    'Referer: https://chat.example/',
    'Sec-Fetch-Mode: cors',
    'Sec-Fetch-Site: cross-site',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * @param {Map<Subject, { latency: number[], perSecond: number[] }>} measured
 * @param {number} rounds
 */
function summary(measured, rounds) {
  const [first, ...others] = [...measured].map(([{ name }, figures]) => ({ name, ...figures }));
  if (!first) throw new Error('Nothing was measured.');
  const proxies = others.map((other) => ({
    ...other,
    added: other.latency.map((value, round) => value - (first.latency[round] ?? Number.NaN)),
  }));
  const rows = [
    { subject: first.name, metric: 'latency c=1', unit: 'ms', ...summarize(first.latency) },
    { subject: first.name, metric: 'throughput c=32', unit: 'requests/s', ...summarize(first.perSecond) },
    ...proxies.flatMap(({ name, added, perSecond }) => [
      { subject: name, metric: 'added latency c=1', unit: 'ms', ...summarize(added) },
      { subject: name, metric: 'throughput c=32', unit: 'requests/s', ...summarize(perSecond) },
    ]),
  ];
  const relay = proxies.find(({ name }) => name === 'relay');
  if (!relay) throw new Error('The relay was not measured.');
  const ratios = proxies
    .filter((one) => one !== relay)
    .flatMap((one) => [
      {
        metric: 'added latency c=1',
        subject: relay.name,
        against: one.name,
        ...ratioOf(relay.added, one.added),
      },
      {
        metric: 'throughput c=32',
        subject: relay.name,
        against: one.name,
        ...ratioOf(relay.perSecond, one.perSecond),
      },
    ]);
  return report({ name: 'relay', rounds, rows, ratios });
}
