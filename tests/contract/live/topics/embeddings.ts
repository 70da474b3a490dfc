/** Texts → vectors, where a server makes them; a clear word where it does not. */
import { expect, it } from 'vitest';
import type { Backend } from '../../../../src/core/backend';
import type { LiveTopic } from '../live-server';
import { never } from '../live-server';

export const embeddings: LiveTopic = (live) => {
  const { kind, embedUrl, isOurs, connection } = live;
  const hasModel = kind === 'ollama' && isOurs;

  async function open(): Promise<{ embed: NonNullable<Backend['embed']>; model: string }> {
    const backend = embedUrl
      ? await live.open({ ...connection, baseUrl: embedUrl, apiKey: undefined })
      : live.backend();
    const [first] = await backend.listModels(never);
    const { embed } = backend;
    if (!embed || !first) throw new Error('This backend cannot embed.');
    return { embed, model: hasModel ? 'smollm2-embed' : first.id };
  }

  if (hasModel || embedUrl) {
    it('makes one vector per text, in their order', async () => {
      const { embed, model } = await open();
      const texts = ['A cat sleeps.', 'The stock market fell sharply.', 'A cat sleeps.'];
      const [cat, stocks, again] = await embed(texts, model, never);
      expect(cat).toBeInstanceOf(Float32Array);
      expect([cat?.length, stocks?.length, again?.length]).toEqual([576, 576, 576]);
      const close = [...(cat ?? [])].map((value) => expect.closeTo(value, 3) as number);
      expect([...(again ?? [])]).toEqual(close);
      expect([...(stocks ?? [])]).not.toEqual(close);
    });

    it('makes no vector of a text that it cannot read as a whole', async () => {
      const { embed, model } = await open();
      const tooLong = embed(['word '.repeat(10_000)], model, never);
      await expect(tooLong).rejects.toMatchObject({ code: 'context-overflow' });
    });

    it('makes no vectors with a model that it does not have', async () => {
      const { embed } = await open();
      // llama.cpp answers for any name.
      if (kind === 'llamacpp') expect(await embed(['x'], 'no-such-model', never)).toHaveLength(1);
      else
        await expect(embed(['x'], 'no-such-model', never)).rejects.toMatchObject({ code: 'model-not-found' });
    });
  }

  if (kind !== 'ollama' && isOurs) {
    it('says that the model which chats makes no vectors', async () => {
      const made = live.backend().embed?.(['A cat sleeps.'], live.modelId(), never);
      await expect(made).rejects.toMatchObject({ code: 'bad-request' });
    });
  }
};
