/** Hostile texts, whole and in pieces: no script runs, no request leaves, nothing but known elements appears. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileTexts } from './hostile-texts';
import { renderMarkdown, streamInto } from './render-markdown.svelte';

const tags =
  'div p h3 h4 h5 h6 strong em del sub sup code pre a br hr ul ol li blockquote span button table thead tbody tr th td';
const allowedTags = new Set(tags.split(' '));
const attributes = 'class href title target rel start role aria-label tabindex type scope data-depth';
const allowedAttributes = new Set(attributes.split(' '));
const allowedProtocols = new Set(['http:', 'https:', 'mailto:']);

/** Ways to cut a text: whole, by character, and in uneven pieces. */
const cuts: Readonly<Record<string, readonly number[]>> = {
  whole: [1e6],
  characters: [1],
  uneven: [3, 1, 7, 2, 11],
};

const requests: string[] = [];
let dialogs = 0;
const observer = new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) requests.push(name);
});

beforeAll(() => {
  observer.observe({ type: 'resource', buffered: false });
  for (const name of ['alert', 'confirm', 'prompt', 'open'] as const) {
    Object.defineProperty(window, name, { configurable: true, value: () => dialogs++ });
  }
});
afterAll(() => observer.disconnect());

function cut(text: string, sizes: readonly number[]): string[] {
  const pieces = [];
  for (let from = 0, turn = 0; from < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    pieces.push(text.slice(from, from + size));
    from += size;
  }
  return pieces;
}

/** Everything in the element that should not be there, in words. */
function offences(element: Element): string[] {
  const found: string[] = [];
  for (const inner of element.querySelectorAll('*')) {
    if (!allowedTags.has(inner.localName)) found.push(`<${inner.localName}>`);
    if (inner.namespaceURI !== 'http://www.w3.org/1999/xhtml')
      found.push(`namespace of <${inner.localName}>`);
    for (const { name, value } of inner.attributes) {
      if (!allowedAttributes.has(name)) found.push(`${inner.localName}[${name}="${value}"]`);
    }
    if (inner instanceof HTMLAnchorElement) {
      if (!allowedProtocols.has(inner.protocol)) found.push(`link to ${inner.href}`);
      if (inner.rel !== 'noopener noreferrer nofollow' || inner.target !== '_blank')
        found.push(`open ${inner.href}`);
      if (inner.querySelector('a') !== null) found.push('a link in a link');
    }
  }
  return found;
}

it('has enough hostile texts', () => {
  expect(hostileTexts.length).toBeGreaterThan(400);
  expect(new Set(hostileTexts).size).toBe(hostileTexts.length);
});

describe.each(Object.entries(cuts))('in pieces: %s', (_, sizes) => {
  it('does nothing but show text', async () => {
    for (const text of hostileTexts) {
      const rendered = renderMarkdown();
      let shown = '';
      for (const piece of cut(text, sizes)) {
        shown += piece;
        rendered.show(shown, true);
        expect(offences(rendered.element), shown).toEqual([]);
      }
      streamInto(rendered, [text]);
      expect(offences(rendered.element), text).toEqual([]);
      for (const link of rendered.element.querySelectorAll('a')) link.focus();
      await rendered.remove();
    }
    // Errors of images and answers of servers arrive later than the elements.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(Reflect.get(globalThis, '__executed')).toBe(undefined);
    expect(dialogs).toBe(0);
    expect(requests.filter((url) => !url.startsWith(location.origin))).toEqual([]);
  });
});

it('notices what it looks for: the watchers are not blind', async () => {
  const element = document.createElement('div');
  const image = document.createElement('img');
  image.setAttribute('onerror', 'globalThis.__executed = true');
  image.src = 'http://127.0.0.1:9/none.png';
  element.append(image);
  expect(offences(element)).toEqual([
    '<img>',
    'img[onerror="globalThis.__executed = true"]',
    'img[src="http://127.0.0.1:9/none.png"]',
  ]);
  await expect.poll(() => Reflect.get(globalThis, '__executed') as unknown, { timeout: 10_000 }).toBe(true);
  await expect
    .poll(() => requests.some((url) => url.startsWith('http://127.0.0.1:9/')), { timeout: 10_000 })
    .toBe(true);
});
