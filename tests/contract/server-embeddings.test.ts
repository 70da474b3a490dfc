/** Texts → vectors on every kind of server, and what is said where a server makes none; from recorded bytes. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ServerKind } from '../../src/core/connection';
import { replay, startReplayServer } from './support/replay-server';
import type { Answer, ReplayServer } from './support/replay-server';
import { createServerBackend } from './support/server-rows';

const never = new AbortController().signal;
let server: ReplayServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function embed(kind: ServerKind, answer: Answer, texts: readonly string[]): Promise<Float32Array[]> {
  const route = kind === 'ollama' ? 'POST /api/embed' : 'POST /v1/embeddings';
  server = await startReplayServer({ [route]: answer });
  const backend = createServerBackend(kind, server.baseUrl);
  return (await backend.embed?.(texts, 'some-model', never)) ?? [];
}

function json(body: object): Answer {
  return (response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sent(): unknown[] {
  return (server?.requests ?? []).map(({ body }) => JSON.parse(body) as unknown);
}

describe('vectors of Ollama', () => {
  it('come one per text, and a text is never cut in silence', async () => {
    const vectors = await embed('ollama', replay('ollama/embed'), ['hello world', 'goodbye']);
    expect(vectors.map(({ length }) => length)).toEqual([576, 576]);
    expect(vectors[0]?.[0]).toBeCloseTo(-0.02417662, 7);
    expect(sent()).toEqual([{ model: 'some-model', input: ['hello world', 'goodbye'], truncate: false }]);
  });

  it('are refused for a text beyond the window', async () => {
    await expect(embed('ollama', replay('ollama/embed_toolong_notrunc'), ['…'])).rejects.toMatchObject({
      code: 'context-overflow',
      message: 'A text is longer than the model at Ollama can read at once.',
    });
  });

  it('are refused for a model that it does not have', async () => {
    await expect(embed('ollama', replay('ollama/embed_unknown'), ['x'])).rejects.toMatchObject({
      code: 'model-not-found',
    });
  });
});

describe('vectors of an OpenAI-style server', () => {
  it('come as recorded', async () => {
    const [vector, ...others] = await embed('openai', replay('openai/v1_embeddings'), ['hello']);
    expect([...(vector ?? [])]).toEqual([
      expect.closeTo(-0.56053877, 7),
      expect.closeTo(-0.82686615, 7),
      expect.closeTo(0.045702584, 7),
    ]);
    expect(others).toEqual([]);
    expect(sent()).toEqual([{ model: 'some-model', input: ['hello'], encoding_format: 'float' }]);
  });

  it.each(['vllm', 'llamacpp'] as const)('come from %s as recorded', async (kind) => {
    const vectors = await embed(kind, replay(`${kind}/embeddings-two`), ['hello world', 'goodbye']);
    expect(vectors.map(({ length }) => length)).toEqual([576, 576]);
    expect(vectors[0]).not.toEqual(vectors[1]);
  });

  it('are put into the order of the texts', async () => {
    const data = [
      { index: 1, embedding: [0, 1] },
      { index: 0, embedding: [1, 0] },
    ];
    const vectors = await embed('llamacpp', json({ data }), ['first', 'second']);
    expect(vectors).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 1)]);
  });

  it('are refused when their number is not that of the texts', async () => {
    const data = [{ index: 0, embedding: [1, 0] }];
    await expect(embed('vllm', json({ data }), ['first', 'second'])).rejects.toMatchObject({
      code: 'malformed-stream',
      message: 'vLLM sent 1 vectors for 2 texts, or empty ones.',
    });
  });
});

it('vectors of tokens are not taken for vectors of texts', async () => {
  // As llama-cpp-python 0.3.6 with embedding=True answers for SmolLM2.
  const data = [
    {
      index: 0,
      embedding: [
        [-0.42, -0.64],
        [0.04, 0.81],
      ],
    },
  ];
  await expect(embed('openai', json({ data }), ['hello'])).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('vectors of tokens, not of texts') as string,
  });
});

describe('a server that makes no vectors', () => {
  it.each(['vllm', 'instructlab', 'llamacpp'] as const)('%s says so, with a way out', async (kind) => {
    const refusal = await embed(kind, replay(`${kind}/embeddings`), ['hello']).catch(
      (thrown: unknown) => thrown,
    );
    expect(refusal).toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/makes no vectors for search with this model\.$/) as string,
      detail: { hint: expect.stringMatching(/\S+ \S+/) as string },
    });
  });

  it('is not asked for no texts', async () => {
    expect(await embed('vllm', replay('vllm/embeddings'), [])).toEqual([]);
    expect(sent()).toEqual([]);
  });
});

it('a failure that is not about vectors stays what it is', async () => {
  const busy = embed('instructlab', replay('instructlab/busy'), ['hello']);
  await expect(busy).rejects.toMatchObject({ code: 'server-failed', detail: { status: 503 } });
});
