/** What a real server is, which models it has, and how it is loaded. */
import { expect, it } from 'vitest';
import { detectServerKind } from '../../../../src/backends/detect-server-kind';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

export const models: LiveTopic = (live) => {
  const { kind, connection, via } = live;

  it('says that it is ready', async () => {
    const probed = await live.backend().probe(never);
    expect(probed).toMatchObject({ state: 'ready' });
    // Of a server of one's own it is not known, and a build of llama.cpp may not know its own.
    if (kind === 'openai') return;
    const version =
      kind === 'instructlab' ? /^llama-cpp-python \d+\.\d+/ : kind === 'llamacpp' ? /./ : /^\d+\.\d+/;
    expect(probed).toMatchObject({ version: expect.stringMatching(version) as string });
  });

  it.runIf(via === 'direct')('is told apart from other servers', async () => {
    const finding = detectServerKind(connection.baseUrl, fetch, never);
    // It tells nothing about itself without its key.
    if (kind === 'llamacpp' && connection.apiKey !== undefined) {
      return expect(finding).rejects.toMatchObject({ code: 'unauthorized' });
    }
    const found = await finding;
    if (kind === 'openai') expect(found).toBeDefined();
    else expect(found).toBe(kind);
  });

  it('lists the model and loads it', async () => {
    const modelId = live.modelId();
    expect(modelId).not.toBe('');
    expect(await live.backend().load({ modelId, params: {} }, () => undefined, never)).toMatchObject({
      modelId,
      runsOn: 'server',
    });
  });

  it('refuses a model that it does not have', async () => {
    const loading = live.backend().load({ modelId: 'no-such-model', params: {} }, () => undefined, never);
    await expect(loading).rejects.toMatchObject({ code: 'model-not-found' });
  });
};
