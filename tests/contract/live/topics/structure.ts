/** Answers in a prescribed form: JSON, a schema, a grammar. */
import { expect, it } from 'vitest';
import { shortfalls } from '../../../support/shortfalls';
import { collectEvents, terminalOf, textOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';

export const structure: LiveTopic = (live) => {
  it('writes JSON where nothing but JSON is asked for', async () => {
    // White space before JSON is JSON, and a weak model may like it.
    const json = /^\s*[{["\d]/;
    expect(await live.answer('Tell me about Paris.', { format: 'json', maxTokens: 24 })).toMatch(json);
    expect(await live.answer('Tell me about Paris.', { maxTokens: 6 })).not.toMatch(json);
  });

  it('keeps to a JSON schema', async () => {
    const properties = { capital: { type: 'string', maxLength: 20 } };
    const format = { type: 'object', properties, required: ['capital'], additionalProperties: false };
    const question = live.ask('Give the capital of France as JSON.', { params: { format, maxTokens: 80 } });
    const events = await collectEvents(live.backend(), question);
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
    expect(Object.keys(JSON.parse(textOf(events)) as object)).toEqual(['capital']);
  });

  it('keeps a plain prompt to a schema, or says that it is ignored', async () => {
    const format = { type: 'object', properties: { a: { type: 'boolean' } }, required: ['a'] };
    const asked = live.ask('The rivers of Europe are', {
      params: { format, maxTokens: 24 },
      promptFormat: 'plain',
    });
    const events = await collectEvents(live.backend(), asked);
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
    const isIgnored = live.backend().plainParams?.format === 'unsupported';
    expect(shortfalls(events[0]).map(({ param }) => param)).toEqual(isIgnored ? ['format'] : []);
    if (isIgnored) expect(textOf(events)).not.toMatch(/^\s*\{/);
    else expect(textOf(events)).toMatch(/^\s*\{\s*"a"\s*:/);
  });

  if (live.supports('grammar')) {
    it('keeps to a grammar', async () => {
      const grammar = 'root ::= "blue whale" | "red fox"';
      expect(await live.answer('What is the capital of France?', { grammar })).toMatch(
        /^(blue whale|red fox)$/,
      );
    });
  }
};
