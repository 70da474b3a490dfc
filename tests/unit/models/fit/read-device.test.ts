import { afterEach, expect, test, vi } from 'vitest';
import { readDevice } from '../../../../src/models/fit/read-device';

const adapter = {
  limits: {
    maxBufferSize: 4,
    maxStorageBufferBindingSize: 3,
    maxStorageBuffersPerShaderStage: 10,
    maxComputeWorkgroupStorageSize: 32_768,
  },
  features: new Set(['shader-f16']),
  info: { vendor: 'acme', architecture: 'mark-1', description: '', isFallbackAdapter: false },
};

function browser(navigator: object): void {
  vi.stubGlobal('navigator', { hardwareConcurrency: 4, ...navigator });
}

const withAdapter = (found: unknown): object => ({ gpu: { requestAdapter: () => Promise.resolve(found) } });

afterEach(() => vi.unstubAllGlobals());

test('limits and features of the adapter are taken over', async () => {
  browser(withAdapter(adapter));
  expect((await readDevice()).gpu).toEqual({
    description: 'acme mark-1',
    isFallback: false,
    maxBufferBytes: 4,
    maxBindingBytes: 3,
    maxStorageBuffersPerStage: 10,
    maxWorkgroupStorageBytes: 32_768,
    hasF16: true,
    hasSubgroups: false,
  });
});

test.for([
  ['says so itself', { isFallbackAdapter: true, vendor: '', architecture: '', description: '' }],
  ['is SwiftShader', { vendor: 'google', architecture: 'swiftshader', description: '' }],
  ['is llvmpipe', { vendor: 'mesa', architecture: '', description: 'llvmpipe (LLVM 19)' }],
] as const)('an adapter in software is known when it %s', async ([, info]) => {
  browser(withAdapter({ ...adapter, info }));
  expect((await readDevice()).gpu?.isFallback).toBe(true);
});

test.for([
  ['without WebGPU', {}],
  ['without an adapter', withAdapter(null)],
  ['that refuses', { gpu: { requestAdapter: () => Promise.reject(new Error('no')) } }],
] as const)('a browser %s has no graphics card', async ([, navigator]) => {
  browser(navigator);
  expect((await readDevice()).gpu).toBeUndefined();
});

test('memory is what the browser tells, in bytes, and nothing where it does not', async () => {
  browser({ deviceMemory: 8 });
  expect((await readDevice()).roundedMemoryBytes).toBe(8 * 1024 ** 3);
  browser({});
  vi.stubGlobal('crossOriginIsolated', false);
  expect(await readDevice()).toEqual({ cores: 4, hasThreads: false });
});
