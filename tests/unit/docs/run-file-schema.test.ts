/** The published schema of run files is the one that they are read with. */
import { readFile } from 'node:fs/promises';
import { Validator } from '@cfworker/json-schema';
import { expect, it } from 'vitest';
import { runFileJsonSchema, runFileSchemaPath } from '../../../scripts/docs/run-file-json-schema';
import { writeRunFile } from '../../../src/batch/run-file/write-run-file';
import { batchRun } from '../batch/batch-run';

it('is up to date; run `npm run docs` where it is not', async () => {
  // Git may give Windows other line ends.
  const written = (await readFile(runFileSchemaPath, 'utf8')).replaceAll('\r\n', '\n');
  expect(written).toBe(await runFileJsonSchema());
});

it('takes what the page writes, and refuses what the runner would', async () => {
  const validator = new Validator(JSON.parse(await runFileJsonSchema()) as object);
  const file = JSON.parse(writeRunFile(batchRun({ grid: { temperature: [0] } }))) as object;
  expect(validator.validate(file).valid).toBe(true);
  for (const change of [
    { repeats: 0 },
    { lanes: [] },
    { surprise: 1 },
    { grid: { colour: [1] } },
    { data: {} },
  ])
    expect(validator.validate({ ...file, ...change }).valid).toBe(false);
});
