import { expect, it } from 'vitest';
import { createBackend } from '../../../src/backends/registry';
import { serverPresets } from '../../../src/backends/presets';
import { serverKinds } from '../../../src/core/connection';

it.each(serverKinds)('makes a backend for %s', async (kind) => {
  const { label, usualBaseUrl } = serverPresets[kind];
  const backend = await createBackend({ id: 'mine', kind, label, baseUrl: usualBaseUrl, via: 'direct' });
  expect(backend).toMatchObject({ id: 'mine', label });
  await backend.dispose();
});
