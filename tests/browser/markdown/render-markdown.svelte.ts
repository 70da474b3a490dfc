/** Mounts Markdown in the page of the test and feeds it, for all tests of this folder. */
import { flushSync, mount, unmount } from 'svelte';
import Markdown from '../../../src/ui/shared/markdown/Markdown.svelte';

export interface Rendered {
  readonly element: HTMLElement;
  /** The text that is there now, with more to come or not. */
  readonly show: (text: string, streaming: boolean) => void;
  readonly remove: () => Promise<void>;
}

export function renderMarkdown(): Rendered {
  const element = document.createElement('div');
  document.body.append(element);
  const props = $state({ text: '', streaming: true });
  const component = mount(Markdown, { target: element, props });
  return {
    element,
    show: (text, streaming) => {
      flushSync(() => Object.assign(props, { text, streaming }));
    },
    remove: async () => {
      await unmount(component);
      element.remove();
    },
  };
}

/** Shows a text as a stream of the given pieces, and ends the stream. */
export function streamInto(rendered: Rendered, pieces: readonly string[]): void {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    rendered.show(text, true);
  }
  rendered.show(text, false);
}

/** What can be seen of an element: tags, attributes and texts, without Svelte's empty comments. */
export function outline(node: Node): unknown {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element)) return undefined;
  const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
  const children: unknown[] = [];
  for (const child of node.childNodes) {
    const seen = outline(child);
    if (seen === undefined || seen === '') continue;
    const last = children.at(-1);
    if (typeof seen === 'string' && typeof last === 'string') children[children.length - 1] = last + seen;
    else children.push(seen);
  }
  return { tag: node.localName, attributes, children };
}
