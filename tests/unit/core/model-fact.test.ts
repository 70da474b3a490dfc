import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resolveFact } from '../../../src/core/model-fact';

it('takes a person’s word before a probe’s and a probe’s before the server’s; silence is unknown, never yes', () => {
  const word = fc.option(fc.boolean(), { nil: undefined });
  fc.assert(
    fc.property(word, word, word, (person, probe, declared) => {
      const { value, source } = resolveFact({ person, probe, declared });
      expect(value).toBe(person ?? probe ?? declared);
      const named = { person, probe, declared, unknown: undefined }[source];
      expect(named).toBe(value);
      expect(source === 'unknown').toBe(value === undefined);
    }),
  );
});
