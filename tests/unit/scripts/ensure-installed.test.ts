/** When packages count as installed, for lockfiles of one package. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled, isNodeNewEnough } from '../../../scripts/ensure-installed.mjs';

describe('isNodeNewEnough', () => {
  it.each([
    ['18.20.0', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['22.1.0', true],
  ])('%s: %s', (version, expected) => {
    expect(isNodeNewEnough(version)).toBe(expected);
  });
});

describe('isInstalled', () => {
  let directory: string;
  const lockOf = (version: string) => JSON.stringify({ packages: { '': {}, 'node_modules/a': { version } } });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ensure-installed-'));
    await writeFile(join(directory, 'package-lock.json'), lockOf('1.0.0'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is false on a fresh clone and after an interrupted install', async () => {
    expect(isInstalled(directory)).toBe(false);
    await mkdir(join(directory, 'node_modules'));
    expect(isInstalled(directory)).toBe(false);
  });

  it('believes what npm itself noted', async () => {
    await mkdir(join(directory, 'node_modules'));
    await writeFile(join(directory, 'node_modules', '.package-lock.json'), lockOf('1.0.0'));
    expect(isInstalled(directory)).toBe(true);
  });

  it('is false once the lockfile asks for another version', async () => {
    await mkdir(join(directory, 'node_modules'));
    await writeFile(join(directory, 'node_modules', '.package-lock.json'), lockOf('0.9.0'));
    expect(isInstalled(directory)).toBe(false);
  });
});
