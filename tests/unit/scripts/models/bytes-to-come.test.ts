/** What an earlier run left is not asked of the disk a second time. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bytesToCome } from '../../../../scripts/models/bytes-to-come.mjs';

it('counts the rest of parts that will be gone on with, and whole files not at all', async () => {
  const staging = mkdtempSync(join(tmpdir(), 'switchyard-parts-'));
  onTestFinished(() => rmSync(staging, { recursive: true }));
  mkdirSync(join(staging, 'onnx'));
  writeFileSync(join(staging, 'onnx', 'model.onnx.part'), Buffer.alloc(700));
  writeFileSync(join(staging, 'config.json'), Buffer.alloc(30));
  writeFileSync(join(staging, 'library.wasm.part'), Buffer.alloc(40));
  const file = (path: string, bytes: number, sha256?: string) => ({
    path,
    bytes,
    sources: [],
    ...(sha256 !== undefined && { sha256 }),
  });
  const graph = file('onnx/model.onnx', 1000, 'ab');
  expect(await bytesToCome([graph], staging)).toBe(300);
  expect(await bytesToCome([file('config.json', 30)], staging)).toBe(0);
  expect(await bytesToCome([file('tokenizer.json', 20)], staging)).toBe(20);
  // Without a hash it starts anew.
  expect(await bytesToCome([file('library.wasm', 100)], staging)).toBe(100);
  expect(await bytesToCome([graph, file('library.wasm', 100)], staging)).toBe(400);
});
