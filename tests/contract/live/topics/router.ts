/** llama.cpp's server as a router: models come into its memory and go, on demand and when told to. */
import { expect, it } from 'vitest';
import { collectEvents, terminalOf } from '../../support/collect-events';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

const broken = 'broken';

export const router: LiveTopic = (live) => {
  const list = () => live.backend().listModels(never);
  const load = (modelId: string, phases: string[] = []) =>
    live.backend().load({ modelId, params: {}, eager: true }, ({ phase }) => phases.push(phase), never);
  const unload = (modelId: string) => live.backend().unload?.(modelId, never);

  async function sound() {
    const model = (await list()).find(({ id }) => id !== broken);
    if (!model) throw new Error('The router has no sound model.');
    return model;
  }

  it('lists models that are not in memory, and that they can be loaded', async () => {
    const { id } = await sound();
    await unload(id);
    expect(await list()).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ id, isLoaded: false, isLoadable: true }),
        expect.objectContaining({ id: broken, isLoaded: false, isLoadable: true }),
      ]) as object,
    );
  });

  it('loads a model, tells its window, and frees it', async () => {
    const { id } = await sound();
    const phases: string[] = [];
    expect(await load(id, phases)).toMatchObject({ modelId: id, runsOn: 'server', contextLength: 1024 });
    expect(phases).toEqual(['initialize']);
    expect(await sound()).toMatchObject({ isLoaded: true, contextLength: 1024, quantization: 'Q4_1' });
    await unload(id);
    expect(await sound()).toMatchObject({ isLoaded: false });
    // It has what it was asked for.
    await unload(id);
  });

  it('takes two loads at once for one', async () => {
    const { id } = await sound();
    const both = await Promise.all([load(id), load(id)]);
    expect(both).toMatchObject([{ modelId: id }, { modelId: id }]);
    await unload(id);
  });

  it('tells that a model could not be loaded', async () => {
    await expect(load(broken)).rejects.toMatchObject({ code: 'load-failed' });
    expect((await list()).find(({ id }) => id === broken)).toMatchObject({ hasLoadFailed: true });
  });

  it('loads on demand, and asks the template of that model for its tools', async () => {
    const { id } = await sound();
    const tools = [{ name: 'now', description: 'The time', parameters: { type: 'object', properties: {} } }];
    const question = live.ask('Hi.', { modelId: id, tools, params: { maxTokens: 4 } });
    const events = await collectEvents(live.backend(), question);
    expect(events[0]).toMatchObject({ type: 'stream-start', ignoresTools: true });
    expect(terminalOf(events)).toMatchObject({ type: 'stream-end' });
    expect(await sound()).toMatchObject({ isLoaded: true });
    await unload(id);
  });
};
