import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNdjson } from '../../../../src/backends/shared/ndjson';
import { readSse } from '../../../../src/backends/shared/sse';

const never = new AbortController().signal;

function bodyOf(text: string, cuts: readonly number[] = []): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const offsets = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return new ReadableStream({
    start(controller) {
      [0, ...offsets].forEach((from, index) => controller.enqueue(bytes.slice(from, offsets[index])));
      controller.close();
    },
  });
}

async function all(records: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const record of records) found.push(record);
  return found;
}

const anyCuts = fc.array(fc.nat(500), { maxLength: 20 });

describe('readNdjson', () => {
  it('gives the same lines wherever the bytes are cut', async () => {
    const text = '{"a":"é — 漢字 🚂"}\r\n\n{"b":2}\n   \n{"c":"last"}';
    await fc.assert(
      fc.asyncProperty(anyCuts, async (cuts) => {
        const lines = await all(readNdjson(bodyOf(text, cuts), never));
        expect(lines.map((line) => line.trim())).toEqual(['{"a":"é — 漢字 🚂"}', '{"b":2}', '{"c":"last"}']);
      }),
    );
  });

  it('refuses a line without an end instead of keeping it all', async () => {
    const reading = all(readNdjson(bodyOf('x'.repeat(2000)), never, 1000));
    await expect(reading).rejects.toMatchObject({ code: 'malformed-stream' });
  });

  it('gives nothing for an empty body', async () => {
    expect(await all(readNdjson(bodyOf(''), never))).toEqual([]);
  });
});

describe('readSse', () => {
  it('gives the same events wherever the bytes are cut', async () => {
    const text =
      ': ping\r\n\r\ndata: {"a":"é 漢 🚂"}\r\n\r\nevent: x\ndata: one\ndata: two\n\nid: 3\n\ndata: [DONE]';
    await fc.assert(
      fc.asyncProperty(anyCuts, async (cuts) => {
        const events = await all(readSse(bodyOf(text, cuts), never));
        expect(events).toEqual(['{"a":"é 漢 🚂"}', 'one\ntwo', '[DONE]']);
      }),
    );
  });

  it('reads the error field of older llama.cpp servers', async () => {
    const events = await all(readSse(bodyOf('error: {"code":500,"message":"boom"}\n\n'), never));
    expect(events).toEqual(['{"error":{"code":500,"message":"boom"}}']);
  });

  it('refuses an event without an end instead of keeping it all', async () => {
    const reading = all(readSse(bodyOf(`data: ${'x'.repeat(2000)}`), never, 1000));
    await expect(reading).rejects.toMatchObject({ code: 'malformed-stream' });
  });

  it('closes the connection when the reader leaves', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
      cancel: () => void (isCancelled = true),
    });
    for await (const event of readSse(body, never)) if (event) break;
    expect(isCancelled).toBe(true);
  });
});
