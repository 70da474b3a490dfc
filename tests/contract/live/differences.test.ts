/**
 * The differences that the adapters are built on, asked of the servers themselves: a new version that behaves
 * otherwise is noticed here. Only servers with known versions and flags count, which `npm run servers` starts.
 */
import { describe, expect, it } from 'vitest';
import { access } from './differences/access';
import { chatPath, chatBody } from './differences/case';
import type { DifferenceCase, OwnServer } from './differences/case';
import { endRunner, ollamaPid } from './end-runner';
import { ollamaNative } from './differences/ollama-native';
import { openAiStyle } from './differences/openai-style';

const patience = 180_000;
const ours = (process.env.SWITCHYARD_OWN_SERVERS ?? '').split(',');
const prefixes: Readonly<Record<OwnServer, string>> = {
  ollama: 'OLLAMA',
  instructlab: 'INSTRUCTLAB',
  'llama-cpp-python': 'LLAMA_CPP_PYTHON',
  llamacpp: 'LLAMACPP',
  'llamacpp-embed': 'LLAMACPP_EMBED',
  vllm: 'VLLM',
  'vllm-embed': 'VLLM_EMBED',
};
const servers = Object.keys(prefixes) as OwnServer[];
const cases = [...openAiStyle, ...access, ...ollamaNative];

for (const server of servers) {
  describe.skipIf(!ours.includes(server))(`differences: ${server}`, { timeout: patience }, () => {
    const baseUrl = process.env[`${prefixes[server]}_BASE_URL`] ?? '';
    const key = process.env[`${prefixes[server]}_API_KEY`];

    async function send(request: DifferenceCase): Promise<{ response: Response; text: string }> {
      const { body, method = body === undefined ? 'GET' : 'POST', path, headers, withoutKey } = request;
      // It counts a connection that has just been closed for a moment longer, and takes no third one.
      if (server === 'instructlab') await new Promise((resolve) => setTimeout(resolve, 200));
      const response = await fetch(baseUrl + path, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(key === undefined || withoutKey ? {} : { authorization: `Bearer ${key}` }),
          ...headers,
        },
        body: body === undefined ? null : await written(body),
      });
      return { response, text: await response.text() };
    }

    let modelName: Promise<string> | undefined;
    async function written(body: object | string): Promise<string> {
      if (typeof body === 'string') return body;
      const text = JSON.stringify(body);
      if (!text.includes('$MODEL')) return text;
      modelName ??= send({ what: '', path: '/v1/models', replies: {} }).then(
        (listed) => (JSON.parse(listed.text) as { data: [{ id: string }] }).data[0].id,
      );
      return text.replaceAll('"$MODEL"', JSON.stringify(await modelName));
    }

    for (const one of cases) {
      const expected = one.replies[server];
      if (!expected) continue;
      it(one.what, async () => {
        const { response, text } = await send(one);
        expect({ status: response.status, text: text.slice(0, 300) }).toMatchObject({
          status: expected.status,
        });
        if (expected.body) expect(text).toMatch(expected.body);
        if (expected.notBody) expect(text).not.toMatch(expected.notBody);
        if (expected.allowed !== undefined) {
          expect(response.headers.get('access-control-allow-origin')).toBe(expected.allowed);
        }
      });
    }

    if (server === 'ollama' && ollamaPid !== undefined) {
      it.each([
        // Neither a finish_reason nor [DONE]: the last event looks like any other, and the end like a clean one.
        {
          path: chatPath,
          last: /"finish_reason":null[^\n]*\s*$/,
          never: /\[DONE\]|"error"|"finish_reason":"/,
        },
        { path: '/api/chat', last: /\{"error":"[^"]+"\}\s*$/, never: /"done":true/ },
      ])('an engine that dies in the middle of $path', async ({ path, last, never }) => {
        const body = chatBody({
          model: 'smollm2',
          stream: true,
          max_tokens: 1500,
          options: { num_predict: 1500 },
        });
        const response = await fetch(baseUrl + path, { method: 'POST', body: JSON.stringify(body) });
        expect(response.status).toBe(200);
        let text = '';
        for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(
          new TextDecoderStream(),
        )) {
          if (text === '') endRunner();
          text += piece;
        }
        expect(text).toMatch(last);
        expect(text).not.toMatch(never);
      });
    }

    if (server === 'instructlab' || server === 'vllm' || server === 'llamacpp') {
      it('two streams at once', async () => {
        const body = chatBody({ stream: true, max_tokens: 30 });
        const both = await Promise.all(
          [1, 2].map(() => send({ what: '', path: chatPath, body, replies: {} })),
        );
        const refused = both.filter(({ response }) => response.status === 503);
        if (server === 'instructlab') expect(refused.length).toBeGreaterThanOrEqual(1);
        else expect(refused).toEqual([]);
        expect(both.filter(({ text }) => text.includes('[DONE]')).length).toBe(2 - refused.length);
      });
    }
  });
}
