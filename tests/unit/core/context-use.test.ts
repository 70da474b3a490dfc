import { describe, expect, it } from 'vitest';
import { contextUse } from '../../../src/core/context-use';
import { contextWords } from '../../../src/ui/chat/context-words';

const measurement = { totalMs: 10, completionTokens: 30, isEstimated: true };
const answer = { text: 'x'.repeat(120), measurement };
const usage = { promptTokens: 3200, completionTokens: 100 };

describe('contextUse', () => {
  it('adds what was reported, against the window in force', () => {
    expect(contextUse({ ...answer, usage }, 4096)).toEqual({
      used: 3300,
      isEstimated: false,
      window: 4096,
      share: 3300 / 4096,
      isNear: true,
    });
  });

  it('warns from 80 % on', () => {
    const at = (window: number): boolean | undefined => contextUse({ ...answer, usage }, window)?.isNear;
    expect([at(3300 / 0.8), at(4200)]).toEqual([true, false]);
  });

  it('estimates what nobody reports, and says so', () => {
    const use = contextUse({ ...answer, promptCharacters: 400 }, undefined);
    expect(use).toEqual({ used: 130, isEstimated: true, isNear: false });
    expect(use && contextWords(use)).toEqual({
      short: '≈ 130 tokens',
      sentence: expect.stringMatching(/^Context: ≈ 130 tokens so far, window unknown.*Estimated/) as string,
    });
  });

  it('says nothing of an answer of which nothing is known', () => {
    expect(contextUse({ text: 'x', usage }, 4096)).toBeUndefined();
    expect(contextUse({ ...answer, text: 'x' }, 4096)).toBeUndefined();
  });
});

describe('contextWords', () => {
  it('tells what to do where the window is nearly full', () => {
    const words = contextWords({ used: 3300, isEstimated: false, window: 4096, share: 0.806, isNear: true });
    expect(words.short).toBe('80 %');
    expect(words.sentence).toMatch(/3,300 of 4,096 tokens.*80 %.*nearly full.*“Context window”.*start a new/);
  });
});
