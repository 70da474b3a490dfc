import { type ComponentProps, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import Progress from '../../../src/ui/chat/Progress.svelte';

let remove: (() => Promise<void>) | undefined;
afterEach(() => remove?.());

function textOf(props: ComponentProps<typeof Progress>): string {
  const target = document.createElement('div');
  const component = mount(Progress, { target, props });
  remove = () => unmount(component);
  return target.textContent.trim();
}

test.each<[ComponentProps<typeof Progress>, string]>([
  [{ state: 'waiting' }, 'Waiting for the first token'],
  [
    { state: 'waiting', readsSlowly: true },
    'Reading the passages, which takes this model a minute or more here',
  ],
  [{ state: 'waiting', readsSlowly: true, searchStep: 'searching' }, 'Searching your documents…'],
  [{ state: 'loading', readsSlowly: true }, 'Starting the model'],
])('%o: %s', (props, text) => {
  expect(textOf(props)).toBe(text);
});
