/** What is wrong in the configuration file is said with line, place and fix. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readConfigFile } from '../../../../relay/settings/config-file';

function problemsOf(text: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'relay.json');
  writeFileSync(path, text);
  try {
    readConfigFile(path);
  } catch (thrown) {
    const start = `SWITCHYARD_CONFIG: ${path}:`;
    const lines = thrown instanceof Error ? thrown.message.split('\n') : [];
    return lines.map((line) => (line.startsWith(start) ? line.slice(start.length) : `no place: ${line}`));
  }
  return [];
}

const good = '"id": "lab", "kind": "vllm", "baseUrl": "http://gpu:9"';

it.each([
  ['{ "$schema": "./x.json", "upstreams": [{ GOOD }], "tokens": [] }', []],
  ['\uFEFF[{ GOOD }]', []],
  ['', ['1:1: the file is empty.']],
  ['{', ['1:2: this is not JSON: close brace expected.']],
  ['{\n  "upstreams": [\n    {},,\n  ]\n}', ['3:8: this is not JSON: value expected.']],
  ['{ // why\n}', ['1:3: this is not JSON: invalid comment token.']],
  ['{\n  "upstream": []\n}', ['2:3: upstream is not a known key. Did you mean "upstreams"?']],
  [
    '{\n  "x": 1\n}',
    ['2:3: x is not a known key. Known keys are $schema, upstreams, searches, databases, tokens.'],
  ],
  ['[{ GOOD,\n  "apikeyenv": "K" }]', ['2:3: [0].apikeyenv is not a known key. Did you mean "apiKeyEnv"?']],
  [
    '{ "upstreams": [\n  { GOOD, "url": "http://x" }] }',
    ['2:URL: upstreams[0].url is not a known key. Did you mean "baseUrl"?'],
  ],
  [
    '{"tokens": [\n{"name": "a", "tokenEnv": "A",\n"concurrency": 2}]}',
    ['3:1: tokens[0].concurrency is not a known key. Did you mean "concurrent"?'],
  ],
  ['[\n  { "id": "a", "kind": "vllm" }]', ['2:3: [0] needs "baseUrl".']],
  [
    '[\n {"id": "a/b", "kind": "tgi", "baseUrl": "file:///etc"}]',
    [
      '2:9: [0].id must start with a letter or digit and consist of letters, digits, - and _.',
      '2:24: [0].kind must be one of ollama, vllm, instructlab, llamacpp, openai.',
      '2:42: [0].baseUrl must be an http or https URL without query, such as http://localhost:11434.',
    ],
  ],
  [
    '[{ "id": "wllama", "kind": "vllm", "baseUrl": "http://x" }]',
    ['1:10: [0].id is taken by an engine of the page.'],
  ],
  ['{"upstreams": {}}', ['1:15: upstreams must be a list of upstreams.']],
  ['{"upstreams": [3]}', ['1:16: upstreams[0] must be an object.']],
  ['"text"', ['1:1: the file must be an object.']],
  ['{"tokens": [],\n "tokens": []}', ['2:2: the key "tokens" stands twice in one object.']],
  [
    '{"tokens": [{"name": "a", "tokenEnv": "A", "requestsPerMinute": 0.5}]}',
    ['1:65: tokens[0].requestsPerMinute must be a whole number from 1 on.'],
  ],
] as const)('%s', (text, expected) => {
  const written = text.replace('GOOD', good);
  const column = String((written.split('\n')[1] ?? '').indexOf('"url"') + 1);
  expect(problemsOf(written)).toEqual(expected.map((line) => line.replace('URL:', `${column}:`)));
});
