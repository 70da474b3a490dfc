/** Citations inside rendered Markdown, whole and as it streams. */
import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import Markdown from '../../../src/ui/shared/markdown/Markdown.svelte';
import { outline } from './render-markdown.svelte';

let remove = async (): Promise<void> => undefined;
afterEach(() => remove());

const mark = createRawSnippet<[number]>((number) => ({ render: () => `<button>${number()}</button>` }));

function show(text: string, last: number | undefined): HTMLElement {
  const element = document.createElement('div');
  document.body.append(element);
  const citing = last === undefined ? undefined : { last, mark };
  const component = mount(Markdown, { target: element, props: { text, ...(citing && { citing }) } });
  flushSync();
  remove = async () => {
    await unmount(component);
    element.remove();
  };
  return element;
}

const numbers = (element: HTMLElement): string[] =>
  [...element.querySelectorAll('button')].map(({ textContent }) => textContent);

test('stand in sentences, marks, lists and tables, without a space of their own', () => {
  const element = show('So **it is [1]**, [2][3].\n\n- one [1, 2]\n\n| a |\n| - |\n| b [3] |', 3);
  expect(element.querySelector('p')?.textContent).toBe('So it is 1, 23.');
  expect(numbers(element.querySelector('li') ?? element)).toEqual(['1', '2']);
  expect(numbers(element.querySelector('td') ?? element)).toEqual(['3']);
});

test('not in code, not in links, and not where there is no passage', () => {
  const element = show('`a[1]` [a [1] b](https://example.org) [9]\n\n```\nrow[1]\n```', 3);
  expect([...element.querySelectorAll('p button, pre button, a button')]).toEqual([]);
  expect(element.querySelector('p')?.textContent).toContain('[9]');
});

test('a text that cites nothing is drawn as before', () => {
  const element = show('In [1] and [2].', undefined);
  expect(outline(element.querySelector('p') ?? element)).toMatchObject({ children: ['In [1] and [2].'] });
});
