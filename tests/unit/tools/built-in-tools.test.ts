import { describe, expect, it } from 'vitest';
import { builtInTools } from '../../../src/tools/built-in-tools';
import { calculator } from '../../../src/tools/calculator';
import { dateTime, tellTime } from '../../../src/tools/date-time';
import { runTool } from '../../../src/tools/run-tool';
import { searchDocuments } from '../../../src/tools/search-documents';
import { toolDefinitionSchema } from '../../../src/tools/tool-definition-schema';
import * as v from 'valibot';

const never = new AbortController().signal;
const call = (given: string) => ({ id: 'a', name: 'calculator', arguments: given });

describe('built-in tools', () => {
  it('are definitions like any other', () => {
    for (const tool of builtInTools) expect(v.is(toolDefinitionSchema, tool)).toBe(true);
  });

  it('compute what they are asked', async () => {
    expect(await runTool(calculator, call('{"expression":"17*3"}'), never)).toMatchObject({
      text: '51',
      isFailure: false,
    });
    expect(await runTool(calculator, call('{"expression":4}'), never)).toMatchObject({ text: '4' });
  });

  it.each(['{"expression":"1/0"}', '{}', '"17*3"', '{"expression":', '[1]'])(
    'tell the model what is wrong with %s',
    async (given) => {
      const result = await runTool(calculator, call(given), never);
      expect(result).toMatchObject({ isFailure: true });
      expect(result.text).toMatch(/^Error: /);
    },
  );

  it('tell the time in a time zone', async () => {
    const at = new Date('2026-11-25T23:30:05Z');
    expect(tellTime(at, 'Asia/Tokyo')).toBe('Thursday, 26 November 2026, 08:30:05 (Asia/Tokyo, UTC+09:00)');
    expect(tellTime(at, 'UTC')).toBe('Wednesday, 25 November 2026, 23:30:05 (UTC, UTC+00:00)');
    const unknown = await runTool(dateTime, call('{"time_zone":"Mars/Base"}'), never);
    expect(unknown.text).toMatch(/Mars\/Base.*not a known time zone/);
  });

  it('search documents as far as they are handed any, and say what is missing', async () => {
    const asked: string[] = [];
    const page = {
      searchDocuments: async (query: string) => {
        asked.push(query);
        return { text: 'One passage.', passages: [] };
      },
    };
    const search = (given: string, handed = {}) => runTool(searchDocuments, call(given), never, handed);
    expect(await search('{"query":" lamps "}', page)).toMatchObject({
      text: 'One passage.',
      isFailure: false,
    });
    expect(asked).toEqual(['lamps']);
    expect(await search('{"query":""}', page)).toMatchObject({ isFailure: true });
    expect(await search('{"query":"lamps"}')).toMatchObject({
      isFailure: true,
      text: expect.stringContaining('no documents') as string,
    });
  });
});
