/** The ways in which servers cut a tool call into pieces. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createToolCallMerger, toolCallDeltasSchema } from '../../../../src/backends/shared/merge-tool-calls';

/** @param chunks the `tool_calls` of one chunk each, as they stand in its JSON */
function merge(...chunks: readonly unknown[]) {
  const merger = createToolCallMerger();
  for (const chunk of chunks) merger.push(v.parse(toolCallDeltasSchema, chunk) ?? []);
  return { merger, calls: merger.calls().map(({ id, name, arguments: given }) => [id, name, given]) };
}

describe('a tool call in pieces', () => {
  it('is put together by index, also where two calls alternate', () => {
    const { calls } = merge(
      [{ index: 0, id: 'a', function: { name: 'add', arguments: '' } }],
      [{ index: 1, id: 'b', function: { name: 'now' } }],
      [{ index: 0, function: { arguments: '{"x":' } }],
      [{ index: 1, function: { arguments: '{}' } }],
      [{ index: 0, function: { arguments: '1}' } }],
    );
    expect(calls).toEqual([
      ['a', 'add', '{"x":1}'],
      ['b', 'now', '{}'],
    ]);
  });

  it('keeps one name and id where every piece says them again', () => {
    const piece = (text: string) => [
      { index: 0, id: 'call__0_add', function: { name: 'add', arguments: text } },
    ];
    expect(merge(piece('{"x"'), piece(':1'), piece('}'), null).calls).toEqual([
      ['call__0_add', 'add', '{"x":1}'],
    ]);
  });

  it('is told apart by id or name where there is no index', () => {
    const byId = merge(
      [{ id: 'a', function: { name: 'add', arguments: '{"x":1}' } }],
      [{ id: 'b', function: { name: 'add', arguments: '{"x"' } }],
      [{ function: { arguments: ':2}' } }],
    );
    expect(byId.calls).toEqual([
      ['a', 'add', '{"x":1}'],
      ['b', 'add', '{"x":2}'],
    ]);
    const byName = merge([
      { function: { name: 'add', arguments: '{}' } },
      { function: { name: 'now', arguments: '{}' } },
    ]);
    expect(byName.calls).toEqual([
      ['call_0', 'add', '{}'],
      ['call_1', 'now', '{}'],
    ]);
  });

  it('takes an object for arguments, and none for an empty one', () => {
    expect(merge([{ index: 0, id: 'a', function: { name: 'add', arguments: { x: 1 } } }]).calls).toEqual([
      ['a', 'add', '{"x":1}'],
    ]);
    expect(merge([{ index: 0, id: 'a', function: { name: 'now', arguments: null } }]).calls).toEqual([
      ['a', 'now', '{}'],
    ]);
  });

  it('knows whether it is whole', () => {
    expect(merge([{ index: 0, function: { name: 'add', arguments: '{"x":' } }]).merger.isWhole).toBe(false);
    expect(merge([{ index: 0, function: { name: 'add', arguments: '{"x":1}' } }]).merger.isWhole).toBe(true);
    expect(merge().merger.isEmpty).toBe(true);
  });
});
