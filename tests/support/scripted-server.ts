/** An OpenAI-style server whose models are faults: choosing a model chooses what goes wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedServer {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
  /** Chat requests whose client went away before the end. */
  readonly aborted: () => number;
  stop(): Promise<void>;
}

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const counted = (prompt_tokens: number, completion_tokens: number): string =>
  `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens, completion_tokens } })}\n\n`;
const usage = counted(7, 3);
const done = 'data: [DONE]\n\n';

/** Asynchronous pieces; `undefined` destroys the socket. */
type Script = (
  lastMessage: string,
  itsRole: string,
  system: string,
) => AsyncGenerator<string | undefined, void, undefined>;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let moods = 0;

const streams: Readonly<Record<string, Script>> = {
  async *plain() {
    for (const word of ['Hello', ' from the', ' server.']) yield chunk({ content: word });
    yield chunk({}, 'stop') + usage + done;
  },
  /** Says something else than `plain`, with numbers. */
  async *other() {
    yield chunk({ content: 'Hello from the cellar. It has 1,024 rooms.' }) + chunk({}, 'stop') + usage + done;
  },
  /** Never says the same twice, whatever the seed. */
  async *moody() {
    yield chunk({ content: `Mood number ${++moods} it is.` }) + chunk({}, 'stop') + usage + done;
  },
  /** Reads no more than 64 tokens of a prompt, and tells nobody. */
  async *narrow(lastMessage) {
    const read = Math.min(64, Math.ceil(lastMessage.length / 4));
    yield chunk({ content: 'As far as I can see, yes.' }) + chunk({}, 'stop') + counted(read, 6) + done;
  },
  async *reasoning() {
    yield chunk({ reasoning: 'Let me think about it.' });
    yield chunk({ content: 'The thought is over.' }) + chunk({}, 'stop') + usage + done;
  },
  async *length() {
    yield chunk({ content: 'This is where it' }) + chunk({}, 'length') + usage + done;
  },
  /** Asked to go on, it repeats its last words, as it is told to. */
  async *half(lastMessage) {
    const isAsked = lastMessage.includes('“The first half and”');
    for (const content of ['The first', ' half and']) yield chunk({ content });
    for (const content of isAsked ? [' the', ' second', ' half.'] : []) {
      yield chunk({ content });
      await wait(500);
    }
    yield chunk({}, isAsked ? 'stop' : 'length') + usage + done;
  },
  async *json() {
    yield chunk({ content: '{"city": "Paris", "people": "many"}' }) + chunk({}, 'stop') + usage + done;
  },
  async *'other-json'() {
    yield chunk({ content: '{"city": "Paris", "people": "few"}' }) + chunk({}, 'stop') + usage + done;
  },
  /** Judges two answers, and always finds the first one better. */
  async *'verdict-a'() {
    yield (
      chunk({ content: '{"reason": "It came first.", "verdict": "A"}' }) + chunk({}, 'stop') + usage + done
    );
  },
  /** Markdown would take its stars and underscores away. */
  async *'starred-json'() {
    yield chunk({ content: '{"__city__": "*Paris*"}' }) + chunk({}, 'stop') + usage + done;
  },
  async *'half-json'() {
    yield chunk({ content: '{"city": "Par' }) + chunk({}, 'length') + usage + done;
  },
  /** Says back what it was told as its system prompt. */
  async *system(_lastMessage, _itsRole, system) {
    yield chunk({ content: `System: ${system || 'none'}` }) + chunk({}, 'stop') + usage + done;
  },
  async *slow() {
    for (let count = 1; count <= 600; count++) {
      yield chunk({ content: `w${count} ` });
      await wait(40);
    }
    yield chunk({}, 'stop') + done;
  },
  async *steady() {
    for (let count = 1; count <= 100; count++) {
      yield chunk({ content: `word${count} ` });
      await wait(60);
    }
    yield chunk({}, 'stop') + usage + done;
  },
  async *silent() {
    await wait(600_000);
    yield done;
  },
  async *cut() {
    yield chunk({ content: 'This part arrived' });
    await wait(300);
    yield undefined;
  },
  async *malformed() {
    yield chunk({ content: 'This part arrived' });
    yield 'data: {"choices": [{"delta": \n\n';
  },
  async *interrupted() {
    yield chunk({ content: 'This part arrived' }) + done;
  },
  async *'failing-midway'() {
    yield chunk({ content: 'This part arrived' });
    yield `data: ${JSON.stringify({ error: { message: 'the engine died', code: 500 } })}\n\n` + done;
  },
  async *calculating(lastMessage, itsRole) {
    yield* calls('calculator', '{"expression":"(17 + 4) * 2"}', lastMessage, itsRole);
  },
  async *weather(lastMessage, itsRole) {
    yield* calls('get_weather', '{"city":"<b>Rome</b>","days":3}', lastMessage, itsRole);
  },
  /** Answers from the passages that it is given, and obeys none of them. */
  async *'from-documents'(lastMessage) {
    const isRewriting = lastMessage.startsWith('Rewrite the last question');
    const pieces = isRewriting
      ? ['What does the kestrel ', 'valve cost?']
      : lastMessage.includes('<<<PASSAGE 1')
        ? ['The handbook says so [', '1].', ' See `list[1]` and [', '77].']
        : ['The documents hold nothing on it.'];
    for (const content of pieces) {
      yield chunk({ content });
      await wait(60);
    }
    yield chunk({}, 'stop') + usage + done;
  },
  /** Searches the documents by itself, and cites the first passage. */
  async *searching(lastMessage, itsRole) {
    if (itsRole !== 'tool') {
      yield* calls('search_documents', '{"query":"kestrel valve"}', lastMessage, itsRole);
      return;
    }
    const has = lastMessage.includes('<<<PASSAGE 1');
    yield (
      chunk({ content: has ? 'It opens at nine bar [1].' : `Nothing: ${lastMessage}` }) +
      chunk({}, 'stop') +
      usage +
      done
    );
  },
  /** Names its sources beside the answer, one with an address that must never be opened. */
  async *'with-sources'() {
    yield chunk({ content: 'The buoy is green [1][2].' });
    const search_results = [
      {
        title: 'Harbour log',
        url: 'https://harbour.example/log',
        snippet: 'The zephyr buoy was painted green.',
      },
      { title: 'A trap', url: 'javascript:alert(1)', snippet: '<img src=x onerror=alert(1)>' },
    ];
    yield `data: ${JSON.stringify({ choices: [], search_results })}\n\n`;
    yield chunk({}, 'stop') + usage + done;
  },
  async *empty() {
    yield chunk({ role: 'assistant' }) + chunk({}, 'stop') + done;
  },
};

/** Calls a tool in pieces, then says what it got to read. */
function* calls(
  name: string,
  given: string,
  lastMessage: string,
  itsRole: string,
): Generator<string, void, undefined> {
  if (itsRole === 'tool') {
    yield chunk({ content: `The result is ${lastMessage}.` }) + chunk({}, 'stop') + usage + done;
    return;
  }
  const piece = (part: object): string => chunk({ tool_calls: [{ index: 0, ...part }] });
  yield piece({ id: 'call_a', type: 'function', function: { name, arguments: '' } });
  for (const part of given.match(/.{1,5}/g) ?? []) yield piece({ function: { arguments: part } });
  yield chunk({}, 'tool_calls') + usage + done;
}

interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = (status: number, message: string, headers = {}): Refusal => ({
  status,
  type: 'application/json',
  body: JSON.stringify({ error: { message, type: 'error', code: status } }),
  headers,
});

/** Sent at once, whatever was wished: an answer of a server that does not stream, and a failure that it calls a success. */
const documents: Readonly<Record<string, Refusal>> = {
  whole: {
    status: 200,
    type: 'application/json',
    body: JSON.stringify({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: 'All of it, at once.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 7, completion_tokens: 6 },
    }),
  },
  'whole-failure': json(200, 'the engine is asleep'),
};

const refusals: Readonly<Record<string, Refusal>> = {
  ...documents,
  html: {
    status: 200,
    type: 'text/html',
    body: '<!doctype html><title>Router login</title><h1 onclick="alert(1)">Sign in</h1>',
  },
  unauthorized: json(401, 'wrong key'),
  'missing-model': json(404, 'The model `missing-model` does not exist.'),
  'too-many': json(429, 'slow down', { 'Retry-After': '12' }),
  busy: json(503, 'overloaded', { 'Retry-After': '3' }),
  overflow: json(
    400,
    "This model's maximum context length is 2048 tokens. However, your request has 9000 input tokens.",
  ),
  'bad-seed': json(400, 'seed must be below 4294967296'),
  broken: json(500, 'internal failure'),
};

export async function startScriptedServer(): Promise<ScriptedServer> {
  const requests: string[] = [];
  let aborted = 0;
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.on('close', () => {
      if (!response.writableFinished && request.method === 'POST') aborted++;
    });
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    aborted: () => aborted,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/v1/models') {
    const data = [...Object.keys(streams), ...Object.keys(refusals)].map((id) => ({ id, object: 'model' }));
    response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ object: 'list', data }));
    return;
  }
  if (request.url !== '/v1/chat/completions') {
    response.writeHead(404, { 'Content-Type': 'application/json' }).end('{"detail":"Not Found"}');
    return;
  }
  const { model, messages } = JSON.parse(await bodyOf(request)) as {
    model: string;
    messages: readonly { readonly role: string; readonly content: unknown }[];
  };
  const told = messages.find(({ role }) => role === 'system')?.content;
  const system = typeof told === 'string' ? told : '';
  const refusal = refusals[model];
  if (refusal) {
    response
      .writeHead(refusal.status, { 'Content-Type': refusal.type, ...refusal.headers })
      .end(refusal.body);
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  const last = messages.at(-1);
  for await (const piece of streams[model]?.(String(last?.content), last?.role ?? '', system) ?? []) {
    if (response.destroyed) return;
    if (piece === undefined) return void response.destroy();
    response.write(piece);
  }
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
