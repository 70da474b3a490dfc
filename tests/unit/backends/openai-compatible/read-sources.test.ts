/** Sources beside an answer, in the forms that servers document; the texts are ours. */
import { afterEach, describe, expect, it } from 'vitest';
import { createOpenAiCompatible } from '../../../../src/backends/openai-compatible';
import { SourceReader } from '../../../../src/backends/openai-compatible/read-sources';
import { serverPresets } from '../../../../src/backends/presets';
import { sourcePassages } from '../../../../src/core/server-source';
import { collectEvents, terminalOf, textOf } from '../../../contract/support/collect-events';
import { type ReplayServer, startReplayServer } from '../../../contract/support/replay-server';

const read = (...chunks: readonly unknown[]) => {
  const reader = new SourceReader();
  return chunks.map((chunk) => reader.push(chunk)).findLast((sources) => sources !== undefined);
};
const inDelta = (delta: object) => ({ choices: [{ delta }] });
const beans = 'https://wiki.example/beans';
const rice = 'https://wiki.example/rice';

describe('sources that a server names', () => {
  it('as addresses, with the results that they came from', () => {
    const chunk = {
      citations: [beans, rice],
      search_results: [
        { title: 'Rice', url: rice, date: '2026-01-01', snippet: 'Wash it.' },
        { title: 'Beans', url: beans },
      ],
    };
    expect(read(chunk)).toEqual([
      { title: 'Beans', url: beans },
      { title: 'Rice', url: rice, text: 'Wash it.' },
    ]);
  });

  it('in the context of the message', () => {
    const citations = [
      { content: 'Soak them.', title: 'Beans', url: null, filepath: 'beans.md', chunk_id: '0' },
      { content: 'Boil them.', title: 'Beans', filepath: 'beans.md', chunk_id: '1' },
    ];
    const expected = [
      { title: 'Beans', text: 'Soak them.' },
      { title: 'Beans', text: 'Boil them.' },
    ];
    expect(read(inDelta({ role: 'assistant', context: { citations, intent: '[]' } }))).toEqual(expected);
    expect(read({ choices: [{ message: { context: { citations } } }] })).toEqual(expected);
  });

  it('as annotations', () => {
    const first = { type: 'url_citation', url_citation: { url: beans, title: 'Beans', start_index: 0 } };
    const second = { type: 'url_citation', url: rice, title: 'Rice' };
    expect(read(inDelta({ annotations: [first] }), inDelta({ annotations: [first, second] }))).toEqual([
      { title: 'Beans', url: beans },
      { title: 'Rice', url: rice },
    ]);
  });

  it('are told once, and again only where there is more', () => {
    const reader = new SourceReader();
    expect(reader.push({ citations: [beans] })).toEqual([{ url: beans }]);
    expect(reader.push({ citations: [beans] })).toBeUndefined();
    expect(reader.push({})).toBeUndefined();
    expect(reader.push({ citations: [beans, rice] })).toHaveLength(2);
  });

  it.each([
    [{ citations: 'none' }],
    [{ citations: [1, null, {}, '', { url: 7 }] }],
    [{ search_results: { title: 'x' } }],
    [inDelta({ annotations: [{ type: 'file_citation', file_id: 'f' }, 'x'] })],
    [inDelta({ context: 'x' })],
    [{ choices: 'x' }],
    [undefined],
  ])('are passed over in a form that is none: %j', (chunk) => {
    expect(read(chunk)).toBeUndefined();
  });

  it('are bounded', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ title: `${index}`, text: 'x'.repeat(30_000) }));
    const sources = read({ citations: many }) ?? [];
    expect(sources).toHaveLength(100);
    expect(sources[0]?.text).toHaveLength(20_000);
  });

  it('are numbered as they come', () => {
    expect(sourcePassages([{ url: beans }, { text: 'Wash it.' }])).toMatchObject([
      { documentName: beans, url: beans, text: '' },
      { documentName: 'Source 2', text: 'Wash it.' },
    ]);
  });
});

describe('an answer with sources', () => {
  let server: ReplayServer;
  afterEach(() => server.close());

  it('comes with them as an event of its own', async () => {
    const chunks = [
      { ...inDelta({ role: 'assistant', content: 'An hour [1].' }), citations: [beans] },
      { choices: [{ delta: {}, finish_reason: 'stop' }], citations: [beans] },
    ];
    server = await startReplayServer({
      'POST /v1/chat/completions': (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const lines = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
        response.end(lines.map((line) => `data: ${line}\n\n`).join(''));
      },
    });
    const connection = {
      id: 'rag',
      kind: 'openai',
      label: 'RAG',
      baseUrl: server.baseUrl,
      via: 'direct',
    } as const;
    const backend = createOpenAiCompatible(connection, serverPresets.openai);
    const request = { modelId: 'm', messages: [{ role: 'user', text: 'How long?' }], params: {} } as const;
    const events = await collectEvents(backend, request);
    expect(textOf(events)).toBe('An hour [1].');
    expect(events.filter(({ type }) => type === 'sources')).toEqual([
      { type: 'sources', sources: [{ url: beans }] },
    ]);
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end', reason: 'stop' });
  });
});
