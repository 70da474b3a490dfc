/** A plain text goes to `/v1/completions`, which takes what it does not know in silence. */
import { afterEach, expect, it } from 'vitest';
import { createOpenAiCompatible } from '../../../../src/backends/openai-compatible';
import { serverPresets } from '../../../../src/backends/presets';
import type { ServerKind } from '../../../../src/core/connection';
import { collectEvents } from '../../../contract/support/collect-events';
import { replay, type ReplayServer, startReplayServer } from '../../../contract/support/replay-server';
import { shortfalls } from '../../../support/shortfalls';

let server: ReplayServer;
afterEach(() => server.close());

const schema = { type: 'object' };
const params = { topLogprobs: 3, format: schema, thinking: true, grammar: 'root ::= "a"', temperature: 0 };

it.each<[Exclude<ServerKind, 'ollama'>, ignored: string[], sent: object]>([
  [
    'vllm',
    ['topLogprobs', 'thinking'],
    {
      response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
      structured_outputs: { grammar: params.grammar },
    },
  ],
  ['instructlab', ['format', 'topLogprobs', 'thinking'], { grammar: params.grammar }],
  ['llamacpp', ['thinking'], { json_schema: schema, grammar: params.grammar, logprobs: 3 }],
  ['openai', ['format', 'grammar', 'topLogprobs', 'thinking'], {}],
])('%s is sent what its completions know, and the rest is told as ignored', async (kind, ignored, sent) => {
  server = await startReplayServer({ 'POST /v1/completions': replay('vllm/completions-stream') });
  const connection = { id: kind, kind, label: kind, baseUrl: server.baseUrl, via: 'direct' } as const;
  const backend = createOpenAiCompatible(connection, serverPresets[kind]);
  const messages = [{ role: 'user', text: 'Once' }] as const;
  const events = await collectEvents(backend, { modelId: 'm', messages, params, promptFormat: 'plain' });
  expect(shortfalls(events[0])).toEqual(
    ignored.map((param) => ({ param, outcome: 'ignored', requested: params[param as keyof typeof params] })),
  );
  const body = JSON.parse(server.requests.at(-1)?.body ?? '{}') as Record<string, unknown>;
  const { model, prompt, stream, stream_options, temperature, ...rest } = body;
  expect([model, prompt, stream, temperature]).toEqual(['m', 'Once', true, 0]);
  expect(stream_options === undefined).toBe(kind === 'instructlab');
  expect(rest).toEqual(sent);
});
