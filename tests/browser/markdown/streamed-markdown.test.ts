/** What a streamed answer looks like at its end, and what stays untouched on the way, in a real page. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commonMarkExamples } from '../../support/commonmark-examples';
import { outline, renderMarkdown, streamInto, type Rendered } from './render-markdown.svelte';

const answer = [
  '# Title & more',
  'A paragraph with **bold**, *italic*, `code`, ~~gone~~, H<sub>2</sub>O and a [link](https://example.com/a).',
  '- one\n- two\n  - inner\n- [ ] to do\n- [x] done',
  '3. three\n4. four',
  '> quoted\n>\n> - in a quote',
  '| a | b |\n|:--|--:|\n| 1 | `2` |\n| 3 | 4 |',
  '```nolanguage\nfirst line\n\n  third <b>line</b>\n```',
  '---',
  '![a picture](https://example.com/p.png) and <span>raw</span> html<br>here',
  '<div>\nblock\n</div>',
  'See [the docs][docs].',
  '[docs]: https://docs.example.com "Docs"',
].join('\n\n');

let rendered: Rendered;
beforeEach(() => {
  rendered = renderMarkdown();
});
afterEach(() => rendered.remove());

function outlineAtOnce(text: string): Promise<unknown> {
  const other = renderMarkdown();
  other.show(text, false);
  const result = outline(other.element);
  return other.remove().then(() => result);
}

function pieces(text: string, size: number): string[] {
  return text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
}

describe('at the end of a stream', () => {
  it.each([1, 5, 40])('the page shows the same as at once, in pieces of %i', async (size) => {
    streamInto(rendered, pieces(answer, size));
    expect(outline(rendered.element)).toEqual(await outlineAtOnce(answer));
  });

  it('the page shows each example of CommonMark as at once', async () => {
    for (const { number, markdown } of commonMarkExamples) {
      const one = renderMarkdown();
      const middle = Math.floor((markdown.length * ((number % 7) + 1)) / 8);
      streamInto(
        one,
        number % 3 === 0 ? pieces(markdown, 1) : [markdown.slice(0, middle), markdown.slice(middle)],
      );
      expect(outline(one.element), `example ${number}`).toEqual(await outlineAtOnce(markdown));
      await one.remove();
    }
  });

  it('draws every kind of block', () => {
    streamInto(rendered, [answer]);
    const has = (selector: string) => rendered.element.querySelectorAll(selector).length;
    expect(has('h3.heading')).toBe(1);
    expect(has('strong, em, del, sub')).toBe(4);
    expect(has('ul > li > ul > li')).toBe(1);
    expect(rendered.element.querySelector('ol')?.getAttribute('start')).toBe('3');
    expect(has('[role="img"][aria-label="Done"]')).toBe(1);
    expect(has('[role="img"][aria-label="Not done"]')).toBe(1);
    expect(has('blockquote ul li')).toBe(1);
    expect(has('.table table tbody tr')).toBe(2);
    expect(has('hr')).toBe(1);
    expect(has('button[aria-label="Copy code"]')).toBe(1);
    expect(rendered.element.querySelector('pre')?.textContent).toBe('first line\n\n  third <b>line</b>\n');
    expect(has('img')).toBe(0);
    expect(rendered.element.textContent).toContain('image: a picture (example.com)');
    expect(rendered.element.textContent).toContain('<span>raw</span>');
    expect(rendered.element.querySelector('a[title="docs.example.com"]')?.getAttribute('href')).toBe(
      'https://docs.example.com/',
    );
  });
});

describe('while a text grows', () => {
  it('finished blocks keep their very elements', () => {
    const text = '# One\n\nTwo **bold**\n\n- a\n- b\n\n```\ncode\n```\n\n> q\n\n';
    rendered.show(`${text}Last`, true);
    const before = [...rendered.element.querySelectorAll('h3, p, strong, ul, li, pre, .line, blockquote')];
    rendered.show(`${text}Last words\n\n1. and a list`, true);
    rendered.show(`${text}Last words\n\n1. and a list\n2. of two`, false);
    const after = [...rendered.element.querySelectorAll('h3, p, strong, ul, li, pre, .line, blockquote')];
    expect(before.length).toBe(11);
    for (const [index, element] of before.entries()) expect(after[index]).toBe(element);
  });

  it('nothing in finished blocks, items, rows or lines is touched', async () => {
    const text = 'Done.\n\n- first *item*\n- second';
    const touched: Node[] = [];
    rendered.show(text, true);
    const observer = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)));
    observer.observe(rendered.element, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    rendered.show(`${text} grows`, true);
    rendered.show(`${text} grows\n- third`, true);
    await Promise.resolve();
    observer.disconnect();
    const paragraph = rendered.element.querySelector('p');
    const firstItem = rendered.element.querySelector('li');
    expect(touched.length).toBeGreaterThan(0);
    expect(touched.some((node) => paragraph?.contains(node) || firstItem?.contains(node))).toBe(false);
  });

  it('an edited text is shown anew', async () => {
    rendered.show('# First\n\nanswer', true);
    rendered.show('Another\n\n- answer', false);
    expect(outline(rendered.element)).toEqual(await outlineAtOnce('Another\n\n- answer'));
  });
});

describe('code', () => {
  // The worker and its grammar are fetched first, and their first compilation takes what the machine has left.
  it('gets colours after it stood still, with the same text and in place', { timeout: 120_000 }, async () => {
    const code = 'const answer: number = 42; // yes\nfunction f() {\n  return "text";\n}';
    rendered.show(`\`\`\`ts\n${code}\n\`\`\`\n\nEnd`, false);
    const pre = rendered.element.querySelector('pre');
    const painted = () => ({
      keywords: (pre?.querySelectorAll('.keyword').length ?? 0) > 1,
      comment: pre?.querySelector('.comment')?.textContent,
    });
    expect(painted()).toEqual({ keywords: false, comment: undefined });
    await expect.poll(painted, { timeout: 110_000 }).toEqual({ keywords: true, comment: '// yes' });
    expect(rendered.element.querySelector('pre')).toBe(pre);
    expect(pre?.textContent).toBe(`${code}\n`);
    expect(rendered.element.querySelector('[style]')).toBe(null);
  });

  it('is copied whole by its button', async () => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: (text: string) => Promise.resolve(copied.push(text)) },
    });
    rendered.show('```\nfirst\n\nthird\n```', false);
    rendered.element.querySelector<HTMLButtonElement>('button[aria-label="Copy code"]')?.click();
    await expect.poll(() => rendered.element.querySelector('[role="status"]')?.textContent).toBe('Copied');
    expect(copied).toEqual(['first\n\nthird']);
  });
});
