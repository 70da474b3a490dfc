import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BackendError } from '../../../../src/core/backend-error';
import { embedAll } from '../../../../src/state/documents/embed-all';

const { signal } = new AbortController();

/** A server that reads so many characters, and refuses all texts where one has more. */
function reader(most: number) {
  return (texts: readonly string[]): Promise<Float32Array[]> =>
    texts.some((text) => text.length > most)
      ? Promise.reject(new BackendError('context-overflow', 'Too long.'))
      : Promise.resolve(texts.map((text) => new Float32Array([text.length])));
}

test('each text gets its vector, and one that is too long that of its beginning', async () => {
  const text = fc.string({ minLength: 1, maxLength: 400 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { maxLength: 12 }),
      fc.integer({ min: 64, max: 400 }),
      async (texts, most) => {
        const { vectors, shortened } = await embedAll(reader(most), texts, signal);
        expect(vectors).toHaveLength(texts.length);
        expect(shortened).toBe(texts.filter(({ length }) => length > most).length);
        for (const [at, { length }] of texts.entries()) {
          const [read = 0] = vectors[at] ?? [];
          if (length <= most) expect(read).toBe(length);
          else expect(read).toBeLessThanOrEqual(most);
        }
      },
    ),
  );
});

test('a model that reads nothing at all fails, and so does any other failure', async () => {
  await expect(embedAll(reader(0), ['a'.repeat(500)], signal)).rejects.toMatchObject({
    code: 'context-overflow',
  });
  const down = () => Promise.reject(new BackendError('unreachable', 'Down.'));
  await expect(embedAll(down, ['a', 'b'], signal)).rejects.toMatchObject({ code: 'unreachable' });
});
