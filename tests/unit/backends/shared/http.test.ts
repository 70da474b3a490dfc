import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createServerHttp } from '../../../../src/backends/shared/http';
import type { ServerConnection } from '../../../../src/core/connection';

const never = new AbortController().signal;
const direct: ServerConnection = {
  id: 'a',
  kind: 'vllm',
  label: 'vLLM',
  baseUrl: 'http://localhost:8000/',
  via: 'direct',
  apiKey: 'secret',
};

function recordingFetch(answer: () => Response): { calls: Request[]; callFetch: typeof fetch } {
  const calls: Request[] = [];
  return {
    calls,
    callFetch: (input, init) => {
      calls.push(new Request(input, init));
      return Promise.resolve(answer());
    },
  };
}

describe('createServerHttp', () => {
  it('sends the key to a server, and never to the relay', async () => {
    const { calls, callFetch } = recordingFetch(() => Response.json({}));
    await createServerHttp(direct, callFetch).getJson('/v1/models', v.object({}), never);
    await createServerHttp({ ...direct, via: 'relay' }, callFetch).getJson('/v1/models', v.object({}), never);
    expect(calls.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer secret', null]);
    expect(calls[0]?.url).toBe('http://localhost:8000/v1/models');
  });

  it('posts JSON', async () => {
    const { calls, callFetch } = recordingFetch(() => Response.json({ ok: true }));
    const schema = v.object({ ok: v.boolean() });
    expect(await createServerHttp(direct, callFetch).postJson('/x', { a: [1] }, schema, never)).toEqual({
      ok: true,
    });
    expect(await calls[0]?.json()).toEqual({ a: [1] });
    expect(calls[0]?.headers.get('content-type')).toBe('application/json');
  });

  it('asks once, whatever the answer', async () => {
    const { calls, callFetch } = recordingFetch(() => new Response('', { status: 503 }));
    await expect(
      createServerHttp(direct, callFetch).postForStream('/x', {}, v.object({}), never),
    ).rejects.toMatchObject({
      code: 'server-failed',
    });
    expect(calls).toHaveLength(1);
  });

  it.each(['localhost:8000', 'file:///etc', 'not an address'])(
    'refuses the address “%s”',
    async (baseUrl) => {
      const http = createServerHttp({ ...direct, baseUrl }, () => Promise.reject(new Error('called')));
      await expect(http.getJson('/x', v.object({}), never)).rejects.toMatchObject({ code: 'bad-request' });
    },
  );

  it('does not claim to know why a server cannot be reached', async () => {
    const http = createServerHttp({ ...direct, kind: 'ollama' }, () =>
      Promise.reject(new TypeError('Failed to fetch')),
    );
    const error: unknown = await http.getJson('/x', v.object({}), never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unreachable' });
    expect(error).toHaveProperty('detail.hint', expect.stringMatching(/running.*browser.*Find out why/));
    expect(error).toHaveProperty('message', expect.not.stringMatching(/CORS|down/));
  });

  it('says that the relay itself does not answer', async () => {
    const http = createServerHttp({ ...direct, via: 'relay' }, () =>
      Promise.reject(new TypeError('Failed to fetch')),
    );
    await expect(http.getJson('/x', v.object({}), never)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('relay') as string,
    });
  });

  it('passes an abort on as it is', async () => {
    const reason = new DOMException('stopped', 'AbortError');
    const http = createServerHttp(direct, () => Promise.reject(reason));
    await expect(http.getJson('/x', v.object({}), AbortSignal.abort())).rejects.toBe(reason);
  });
});
