/** What the relay tells about itself: JSON lines and Prometheus' text, and nothing that is private. */
import { expect, it, describe, onTestFinished } from 'vitest';
import { openLog } from '../../../../relay/observe/log';
import type { LogLevel, RelaySettings } from '../../../../relay/settings/settings';
import { startRelay } from '../../../../relay/start-relay';
import { fakeServer } from '../support/fake-server';
import { settingsOf, upstreamOf } from '../support/settings';

async function relayThatTells(logLevel: LogLevel, more: Partial<RelaySettings> = {}) {
  const server = await fakeServer((request, response) => {
    if (request.url?.startsWith('/v1/embeddings')) response.writeHead(500).end('{"error":"secret answer"}');
    else if (request.url?.startsWith('/v1/completions')) request.socket.destroy();
    else if (request.url?.startsWith('/v1/chat/completions')) response.write('data: x\n\n');
    else response.end('{"data":[]}');
  });
  const upstreams = [upstreamOf('openai', server.url, { authorization: 'Bearer secret-key' })];
  let text = '';
  const log = openLog(logLevel, { write: (line) => (text += line) });
  const relay = await startRelay(settingsOf({ upstreams, logLevel, ...more }), log);
  onTestFinished(() => relay.close());
  const lines = () =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const post = (path: string, signal?: AbortSignal) =>
    fetch(`${relay.url}/relay/openai${path}?q=secret-query`, {
      method: 'POST',
      body: '{"prompt":"secret question"}',
      headers: { authorization: 'Bearer secret-token', cookie: 'a=secret-cookie' },
      ...(signal ? { signal } : {}),
    });
  return { relay, lines, post, text: () => text };
}

describe('the log', () => {
  it('writes failures, and nothing else unless asked', async () => {
    const { relay, lines, post, text } = await relayThatTells('warn');
    await fetch(`${relay.url}/relay/openai/v1/models`);
    await fetch(`${relay.url}/relay/openai/nowhere`);
    expect(lines()).toEqual([]);
    await post('/v1/embeddings');
    await post('/v1/completions');
    const common = { level: 'warn', time: expect.any(String) as string, upstream: 'openai' };
    expect(lines()).toEqual([
      { ...common, status: 500, msg: 'The server answered with a failure.' },
      {
        ...common,
        status: 502,
        code: 'unreachable',
        msg: expect.stringMatching(/closed the conn/) as string,
      },
    ]);
    expect(text()).not.toContain('secret');
  });

  it('writes each forwarded request when asked, without body, query, key or cookie', async () => {
    const { relay, lines, post, text } = await relayThatTells('info');
    expect(lines()).toMatchObject([{ level: 'info', msg: 'started', url: relay.url, upstreams: ['openai'] }]);
    await (await fetch(`${relay.url}/relay/openai/v1/models`)).text();
    await expect.poll(() => lines()).toHaveLength(2);
    expect(lines()[1]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      upstream: 'openai',
      method: 'GET',
      path: '/v1/models',
      caller: 'anyone',
      status: 200,
      headersAfterMs: expect.any(Number) as number,
      totalMs: expect.any(Number) as number,
      sentBytes: 11,
      isAborted: false,
      msg: 'forwarded',
    });
    await post('/v1/embeddings');
    await fetch(`${relay.url}/relay/openai/nowhere?secret`);
    await expect.poll(() => lines().length).toBe(5);
    expect(text()).not.toContain('secret');
  });

  it('is silent when off', async () => {
    const { lines, post } = await relayThatTells('off');
    await post('/v1/completions');
    expect(lines()).toEqual([]);
  });
});

describe('the metrics', () => {
  const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text();

  it('are absent unless asked for', async () => {
    const { relay } = await relayThatTells('off');
    expect((await fetch(`${relay.url}/metrics`)).status).not.toBe(200);
  });

  it('stand behind the token', async () => {
    const tokens = [{ name: 'prometheus', value: 'scrape' }];
    const { relay } = await relayThatTells('off', { hasMetrics: true, tokens });
    expect((await fetch(`${relay.url}/metrics`)).status).toBe(401);
    const reply = await fetch(`${relay.url}/metrics`, { headers: { authorization: 'Bearer scrape' } });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  });

  it('count what was forwarded, refused, and left early', async () => {
    const { relay, post } = await relayThatTells('off', { hasMetrics: true });
    await (await fetch(`${relay.url}/relay/openai/v1/models`)).text();
    await (await post('/v1/embeddings')).text();
    await (await post('/v1/completions')).text();
    await fetch(`${relay.url}/relay/openai/nowhere`);
    const leaving = new AbortController();
    const stream = await post('/v1/chat/completions', leaving.signal);
    await stream.body?.getReader().read();
    expect(await metricsOf(relay.url)).toContain('switchyard_running_requests{upstream="openai"} 1\n');
    leaving.abort();
    await expect
      .poll(() => metricsOf(relay.url))
      .toContain('switchyard_running_requests{upstream="openai"} 0\n');
    const text = await metricsOf(relay.url);
    for (const line of [
      'switchyard_info{version="1.2.3"} 1',
      'switchyard_requests_total{upstream="openai",status="2xx"} 2',
      'switchyard_requests_total{upstream="openai",status="5xx"} 2',
      'switchyard_requests_total{upstream="openai",status="4xx"} 0',
      'switchyard_aborts_total{upstream="openai"} 1',
      `switchyard_sent_bytes_total{upstream="openai"} ${11 + 25 + 9}`,
      'switchyard_time_to_headers_seconds_bucket{upstream="openai",le="+Inf"} 3',
      'switchyard_time_to_headers_seconds_count{upstream="openai"} 3',
      'switchyard_refusals_total{status="403"} 1',
      '# TYPE switchyard_time_to_headers_seconds histogram',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
    // Each line is a comment or a sample, as the format wants it.
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+)$/);
    }
  });
});
