import { mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import TokenProbabilities from '../../../src/ui/chat/TokenProbabilities.svelte';
import type { TokenProbability } from '../../../src/core/token-probability';

const shown: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(shown.splice(0).map((remove) => remove()));
});

function show(tokens: readonly TokenProbability[]): HTMLElement {
  const element = document.createElement('div');
  document.body.append(element);
  const component = mount(TokenProbabilities, { target: element, props: { tokens } });
  shown.push(async () => {
    await unmount(component);
    element.remove();
  });
  return element;
}

async function opened(element: HTMLElement): Promise<void> {
  element.querySelector('summary')?.click();
  await expect.poll(() => element.querySelector('.tokens')?.textContent).toBeTruthy();
}

const sure: TokenProbability = { text: 'Paris', probability: 0.99, alternatives: [] };
const unsure: TokenProbability = {
  text: ' is\n',
  probability: 0.4,
  alternatives: [
    { text: '<b>was</b>', probability: 0.55 },
    { text: ' is\n', probability: 0.4 },
  ],
};

test('builds nothing until it is opened', () => {
  expect(show([sure]).querySelector('.tokens')).toBeNull();
});

test('shows the text, and the tokens of which the model was least sure with what else it considered', async () => {
  const element = show([sure, unsure]);
  await opened(element);
  expect(element.querySelector('.tokens')?.textContent).toBe('Paris is\n');
  const rows = [...element.querySelectorAll('tbody tr')].map((row) =>
    [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([['“ is⏎”', '40 %', '“<b>was</b>” 55 %']]);
  expect(element.querySelector('b')).toBeNull();
});

test('says so where the model was sure of everything', async () => {
  const element = show([sure]);
  await opened(element);
  expect(element.textContent).toMatch(/at least 95 % sure/);
});
