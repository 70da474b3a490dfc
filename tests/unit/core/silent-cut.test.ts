/** A server of our own that cuts like Ollama, or does not: a cut is told, and nothing else is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptCharacters } from '../../../src/core/prompt-characters';
import { type EarlierPrompt, findSilentCut } from '../../../src/core/silent-cut';

const nobody = { earlier: undefined, window: undefined };

describe('findSilentCut', () => {
  it('sees a prompt that fills the window to the last token', () => {
    const cut = findSilentCut({ ...nobody, tokens: 4096, characters: 40_000, window: 4096 });
    expect(cut).toEqual({ read: 4096, sent: 10_000, window: 4096 });
    expect(findSilentCut({ ...nobody, tokens: 4095, characters: 10, window: 4096 })).toMatchObject({
      read: 4095,
    });
    expect(findSilentCut({ ...nobody, tokens: 4094, characters: 17_000, window: 4096 })).toBeUndefined();
  });

  it('sees that what was read before and what came since cannot fit, though the prompt still grew', () => {
    const earlier = { tokens: 3000, characters: 12_000, answerCharacters: 3600, answerTokens: 900 };
    const prompt = { tokens: 3900, characters: 16_000, window: 4096, earlier };
    expect(findSilentCut(prompt)).toBeUndefined();
    const long = { ...prompt, characters: 22_000 };
    expect(findSilentCut(long)).toEqual({ read: 3900, sent: 5500, window: 4096 });
  });

  it('sees a prompt that shrank where nobody tells the window', () => {
    const earlier = { tokens: 3000, characters: 12_000, answerCharacters: 400, answerTokens: 100 };
    const prompt = { tokens: 2000, characters: 13_000, window: undefined, earlier };
    expect(findSilentCut(prompt)).toEqual({ read: 2000, sent: 3250 });
    expect(findSilentCut({ ...prompt, tokens: 3300 })).toBeUndefined();
  });

  it('does not take the uncounted part of a cache for a cut', () => {
    const earlier = { tokens: 3000, characters: 12_000, answerCharacters: 400, answerTokens: 100 };
    expect(findSilentCut({ tokens: 300, characters: 13_000, window: undefined, earlier })).toBeUndefined();
    expect(findSilentCut({ tokens: undefined, characters: 13_000, window: 100, earlier })).toBeUndefined();
    expect(findSilentCut({ tokens: 0, characters: 13_000, window: 100, earlier })).toBeUndefined();
  });

  it('does not compare with what another model or another system prompt made of it', () => {
    const prompt = { tokens: 40, characters: 600, window: 4096, earlier: undefined };
    expect(findSilentCut(prompt)).toBeUndefined();
  });
});

const user = (text: string) => ({ role: 'user', text }) as const;

describe('promptCharacters', () => {
  it('counts a row of one character as a few, as tokenizers do', () => {
    expect(promptCharacters({ messages: [user(`a${' '.repeat(500)}b`), user('-----')] })).toBe(10);
    expect(promptCharacters({ messages: [], tools: [{ name: 'a', description: '', parameters: {} }] })).toBe(
      47,
    );
    expect(promptCharacters({ messages: [user('plain words')] })).toBe(11);
  });
});

interface Turn {
  readonly characters: number;
  /** Characters per token of this text, which only the server knows. */
  readonly density: number;
}

const turn: fc.Arbitrary<Turn> = fc.record({
  characters: fc.integer({ min: 1, max: 6000 }),
  density: fc.double({ min: 1, max: 7.5, noNaN: true }),
});
/** Question, answer, question, … */
const conversation = fc
  .array(turn, { minLength: 1, maxLength: 15 })
  .map((turns) => (turns.length % 2 === 0 ? turns.slice(1) : turns));

const overhead = 6;
const tokensOf = ({ characters, density }: Turn): number => Math.ceil(characters / density) + overhead;
const sum = (turns: readonly Turn[], of: (turn: Turn) => number): number =>
  turns.reduce((total, one) => total + of(one), 0);

/** Ollama's way: the oldest go until the rest fits; the last one stays, and is cut to the window by the runner. */
function cutLikeOllama(turns: readonly Turn[], window: number): number {
  const kept = turns.findIndex((_, index) => sum(turns.slice(index), tokensOf) <= window);
  return kept < 0 ? window : sum(turns.slice(kept), tokensOf);
}

/** Every question of a conversation, put to a server with this window. */
function ask(turns: readonly Turn[], window: number, isWindowKnown: boolean, count = cutLikeOllama) {
  let earlier: EarlierPrompt | undefined;
  const asked = [];
  for (let end = 1; end <= turns.length; end += 2) {
    const sent = turns.slice(0, end);
    const characters = sum(sent, (one) => one.characters);
    const tokens = count(sent, window);
    const cut = findSilentCut({ tokens, characters, window: isWindowKnown ? window : undefined, earlier });
    const answer = turns[end];
    const answerTokens = answer ? Math.ceil(answer.characters / answer.density) : 0;
    asked.push({ cut, truth: sum(sent, tokensOf), tokens, earlier, answerTokens });
    const answerCharacters = answer?.characters ?? 0;
    earlier = { tokens: cut?.sent ?? tokens, characters, answerCharacters, answerTokens };
  }
  return asked;
}

describe('over many conversations', () => {
  const windows = fc.integer({ min: 64, max: 8192 });

  it('never cries without a cut, whether the window is known or not', () => {
    fc.assert(
      fc.property(conversation, windows, fc.boolean(), (turns, window, isKnown) => {
        for (const { cut, truth } of ask(turns, window, isKnown)) {
          // A prompt that fits to the last token looks like a cut one; nothing can tell them apart.
          if (truth >= window - 1) return;
          expect(cut).toBeUndefined();
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('never cries where a server leaves its cached part uncounted', () => {
    fc.assert(
      fc.property(conversation, windows, fc.boolean(), (turns, window, isKnown) => {
        if (sum(turns, tokensOf) >= window - 1) return;
        const onlyNew = (sent: readonly Turn[]): number => sum(sent.slice(-2), tokensOf);
        for (const { cut } of ask(turns, window, isKnown, onlyNew)) expect(cut).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('always tells a cut once the excess is beyond doubt, and that more was sent than read', () => {
    fc.assert(
      fc.property(conversation, windows, (turns, window) => {
        let before = 0;
        for (const [index, { cut, truth, tokens, answerTokens }] of ask(turns, window, true).entries()) {
          const question = turns[index * 2];
          const isBeyondDoubt = before + (question?.characters ?? 0) / 8 > window;
          if (truth > window && isBeyondDoubt && index > 0) expect(cut).toBeDefined();
          if (cut) expect(cut.sent).toBeGreaterThan(tokens);
          before = truth + answerTokens;
          // From here on the server's own count is no longer what was sent.
          if (truth > window) return;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
