/** Our Markdown component, fed as the chat feeds it: one reactive text, written once per frame. */
import { mount } from 'svelte';
import Feed from '../Feed.svelte';
import { feed } from '../feed.svelte';
import { oncePerFrame, type Subject } from '../subject';

export default {
  mount: (content) => {
    mount(Feed, { target: content });
    let text = '';
    const draw = oncePerFrame(() => (feed.text = text));
    return Promise.resolve({
      push: (token) => {
        text += token;
        draw();
      },
      finish: () => {
        feed.text = text;
        feed.isStreaming = false;
      },
    });
  },
} satisfies Subject;
