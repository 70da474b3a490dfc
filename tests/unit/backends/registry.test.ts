import { expect, it } from 'vitest';
import { backendFactory } from '../../../src/backends/registry';
import { serverPresets } from '../../../src/backends/presets';
import { serverKinds } from '../../../src/core/connection';
import { noModels } from '../../support/no-models';

const createBackend = backendFactory(noModels);

it.each(serverKinds)('makes a backend for %s', async (kind) => {
  const { label, usualBaseUrl } = serverPresets[kind];
  const backend = await createBackend({ id: 'mine', kind, label, baseUrl: usualBaseUrl, via: 'direct' });
  expect(backend).toMatchObject({ id: 'mine', label });
  await backend.dispose();
});
