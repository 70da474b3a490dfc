/** Every fault of a server gives one clear error, with the server's words and what had arrived. */
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Backend } from '../../src/core/backend';
import type { BackendErrorCode } from '../../src/core/backend-error';
import { collectEvents, textOf } from './support/collect-events';
import { readRecording } from './support/recording';
import { replay, startReplayServer } from './support/replay-server';
import type { Answer, ReplayServer } from './support/replay-server';
import { createServerBackend, serverRows } from './support/server-rows';

const never = new AbortController().signal;
const login =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><script>x</script></body></html>';
const open: ReplayServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

function refuse(status: number, body: string, headers: Record<string, string> = {}): Answer {
  return (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

const html: Answer = (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(login);

/** Instead of an answer → the code, and what the error must tell. */
const refusals: readonly (readonly [string, Answer, BackendErrorCode, RegExp])[] = [
  ['a web page', html, 'malformed-stream', /web page.*Sign in.*port/s],
  [
    'a redirect to a login page',
    (response) => void response.writeHead(302, { location: '/login' }).end(),
    'malformed-stream',
    /Sign in/,
  ],
  [
    'a JSON document',
    refuse(200, '{"hello":"world"}'),
    'malformed-stream',
    /something else than expected.*port/s,
  ],
  ['a wrong path', refuse(404, '{"detail":"Not Found"}'), 'bad-request', /no such path.*Not Found/s],
  ['401', refuse(401, '{"error":"Unauthorized"}'), 'unauthorized', /key/],
  [
    'an unknown model',
    refuse(404, '{"error":"model \'x\' not found"}'),
    'model-not-found',
    /does not have this model/,
  ],
  ['429', refuse(429, '{"error":"slow down"}', { 'retry-after': '7' }), 'rate-limited', /7000.*slow down/s],
  ['503', refuse(503, 'Service Unavailable', { 'retry-after': '2' }), 'server-failed', /busy.*2000/s],
  ['500', refuse(500, '{"error":{"message":"boom"}}'), 'server-failed', /boom/],
];

describe.each(serverRows)('$kind', (row) => {
  async function start(answer: Answer): Promise<Backend> {
    const server = await startReplayServer({
      [row.chatRoute]: answer,
      'POST /api/show': replay('ollama/show_smollm2'),
      'GET /login': html,
    });
    open.push(server);
    return createServerBackend(row.kind, server.baseUrl);
  }

  function chat(backend: Backend) {
    return collectEvents(backend, { modelId: 'x', messages: [{ role: 'user', text: 'Hi.' }], params: {} });
  }

  it.each(refusals)('%s instead of an answer', async (_name, answer, code, tells) => {
    const events = await chat(await start(answer));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: 'stream-error', error: { code } });
    const error = events[0]?.type === 'stream-error' ? events[0].error : undefined;
    expect(JSON.stringify([error?.message, error?.detail])).toMatch(tells);
    expect(JSON.stringify(error?.toPlain())).not.toContain('<');
  });

  /** After a good beginning. */
  const recording = readRecording(row.chat.name);
  const beginning = new TextDecoder().decode(recording.body).slice(0, 1200);
  const good = beginning.slice(0, beginning.lastIndexOf('\n{') + 1 || beginning.lastIndexOf('\n\n') + 2);

  function after(end: (response: Parameters<Answer>[0]) => void): Answer {
    return (response) => {
      response.writeHead(200, recording.headers);
      response.write(good, () => end(response));
    };
  }

  const line = row.kind === 'ollama' ? (text: string) => `${text}\n` : (text: string) => `data: ${text}\n\n`;

  it.each<readonly [string, Answer, BackendErrorCode]>([
    ['a connection cut in the middle', after((response) => response.socket?.destroy()), 'malformed-stream'],
    ['an end without the end mark', after((response) => response.end()), 'malformed-stream'],
    ['a malformed line', after((response) => response.end(line('{"choices":[{"de'))), 'malformed-stream'],
    [
      'a line of another shape',
      after((response) => response.end(line('{"choices":7,"done":"x"}'))),
      'malformed-stream',
    ],
    ['an error as a string', after((response) => response.end(line('{"error":"boom"}'))), 'server-failed'],
    [
      'an error as an object',
      after((response) => response.end(line('{"error":{"message":"boom"}}'))),
      'server-failed',
    ],
    [
      'a flat error',
      after((response) => response.end(line('{"object":"error","message":"boom"}'))),
      'server-failed',
    ],
    ['a detail', after((response) => response.end(line('{"detail":"boom"}'))), 'server-failed'],
  ])('keeps the text before %s', async (_name, answer, code) => {
    const events = await chat(await start(answer));
    expect(events.map(({ type }) => type).filter((type) => !type.endsWith('delta'))).toEqual([
      'stream-start',
      'stream-error',
    ]);
    expect(events.at(-1)).toMatchObject({ error: { code } });
    expect(textOf(events).length).toBeGreaterThan(0);
  });

  it('says so when the answer is empty', async () => {
    const backend = await start((response) => void response.writeHead(200, recording.headers).end());
    const code = row.kind === 'instructlab' ? 'context-overflow' : 'malformed-stream';
    const events = await chat(backend);
    expect(events.map(({ type }) => type)).toEqual(['stream-start', 'stream-error']);
    expect(events[1]).toMatchObject({ error: { code } });
  });

  it('says so when another program answers the listing', async () => {
    const server = await startReplayServer({
      'GET /v1/models': html,
      'GET /api/tags': html,
      'GET /api/version': html,
    });
    open.push(server);
    const backend = createServerBackend(row.kind, server.baseUrl);
    await expect(backend.listModels(never)).rejects.toMatchObject({ name: 'BackendError' });
    expect(await backend.probe(never)).toMatchObject({ state: 'unavailable' });
  });

  it('calls a port that nobody listens on unreachable', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => closed.close(resolve));
    const events = await chat(createServerBackend(row.kind, `http://127.0.0.1:${port}`));
    expect(events).toMatchObject([{ type: 'stream-error', error: { code: 'unreachable' } }]);
  });
});
