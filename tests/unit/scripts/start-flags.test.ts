/** However the relay is started for good, Node gets the same flags: they were measured together. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const flags = scripts.start.match(/--[a-z0-9-]+=\d+/g) ?? [];

it.each(['Dockerfile', 'deploy/switchyard.service'])('%s starts Node as npm start does', (file) => {
  expect(flags).not.toEqual([]);
  const start = readFileSync(file, 'utf8')
    .split('\n')
    .findLast((line) => line.includes('dist/relay/server.js'));
  expect(start?.match(/--[a-z0-9-]+=\d+/g)).toEqual(flags);
});
