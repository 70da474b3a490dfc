/** The append-only renderer that sets the mark. */
import { default_renderer, parser, parser_end, parser_write } from 'streaming-markdown';
import { oncePerFrame, type Subject } from '../subject';

export default {
  mount: (content) => {
    const state = parser(default_renderer(content));
    let held = '';
    const draw = () => {
      const text = held;
      held = '';
      parser_write(state, text);
    };
    const ask = oncePerFrame(draw);
    return Promise.resolve({
      push: (token) => {
        held += token;
        ask();
      },
      finish: () => {
        draw();
        parser_end(state);
      },
    });
  },
} satisfies Subject;
