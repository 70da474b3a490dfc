import { describe, expect, it } from 'vitest';
import { readToolDefinitions } from '../../../src/tools/read-tool-definitions';

const plain = { name: 'get_weather', description: 'Weather', parameters: { type: 'object', properties: {} } };

describe('readToolDefinitions', () => {
  it('takes OpenAI’s form, a plain one, one alone and none', () => {
    const wrapped = { type: 'function', function: plain };
    expect(readToolDefinitions(JSON.stringify([wrapped]), [])).toEqual({ tools: [plain] });
    expect(readToolDefinitions(JSON.stringify(plain), [])).toEqual({ tools: [plain] });
    expect(readToolDefinitions(' \n', [])).toEqual({ tools: [] });
    expect(readToolDefinitions('[]', [])).toEqual({ tools: [] });
  });

  it('fills in what may be left out', () => {
    expect(readToolDefinitions('{"name": "now"}', [])).toEqual({
      tools: [{ name: 'now', description: '', parameters: { type: 'object', properties: {} } }],
    });
  });

  it.each([
    ['[{"name": "a"}\n {"name": "b"}]', 'Line 2, column 2: comma expected.'],
    ['{"name": "a",}', 'Line 1, column 14: property name expected.'],
    ['{"name": "a"', 'Line 1, column 13: close brace expected.'],
    ['// a\n{"name": "a"}', 'Line 1, column 1: invalid comment token.'],
    ['"get_weather"', 'The tool: it must be an object with a name.'],
    ['[{"description": "x"}]', 'Tool 1: “name” is missing.'],
    [
      '[{"name": "a"}, {"name": "get weather"}]',
      'Tool 2: “name” must be 1 to 64 letters, digits, underscores or hyphens.',
    ],
    ['[{"name": 3}]', 'Tool 1: “name” must be a text.'],
    ['[{"name": "a", "parameters": []}]', 'Tool 1: “parameters” must be a JSON Schema object.'],
    [
      '[{"name": "a", "parameters": {"type": "string"}}]',
      'Tool 1: “parameters” must describe an object: "type": "object".',
    ],
    ['[{"name": "a"}, {"name": "a"}]', 'Tool 2: there is another tool named “a”.'],
    ['{"name": "calculator"}', 'The tool: there is another tool named “calculator”.'],
    ['[{"type": "function", "function": null}]', 'Tool 1: it must be an object with a name.'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(readToolDefinitions(text, ['calculator'])).toEqual({ problem });
  });
});
