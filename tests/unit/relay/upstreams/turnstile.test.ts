import { describe, expect, it } from 'vitest';
import { Turnstile } from '../../../../relay/upstreams/turnstile';

describe('Turnstile', () => {
  it('lets one through at a time, in the order of arrival', () => {
    const turnstile = new Turnstile();
    const passed: string[] = [];
    const [a, b, c] = ['a', 'b', 'c'].map((name) => turnstile.enter(() => passed.push(name)));
    expect([passed.join(), turnstile.isBusy]).toEqual(['a', true]);
    b?.leave();
    a?.leave();
    a?.leave();
    expect(passed.join()).toBe('a,c');
    c?.leave();
    expect(turnstile.isBusy).toBe(false);
  });

  it('lets nobody in when the line is full, and again when there is room', () => {
    const turnstile = new Turnstile();
    const turns = Array.from({ length: 40 }, () => turnstile.enter(() => undefined));
    expect(turns.filter(Boolean)).toHaveLength(33);
    turns[0]?.leave();
    expect(turnstile.enter(() => undefined)).toBeDefined();
  });
});
