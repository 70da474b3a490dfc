/** Sends tokens at a fixed rate, as an engine in a worker does. */
import { makeTokens } from './answer';

export interface StreamOrder {
  readonly tokens: number;
  /** Tokens per second. */
  readonly rate: number;
}

export type StreamMessage =
  | { readonly type: 'tokens'; readonly tokens: readonly string[] }
  | { readonly type: 'end'; readonly count: number };

addEventListener('message', ({ data }: MessageEvent<StreamOrder>) => {
  const tokens = makeTokens(data.tokens);
  const start = performance.now();
  let sent = 0;
  const send = () => {
    const due = Math.min(tokens.length, Math.floor(((performance.now() - start) / 1000) * data.rate));
    if (due > sent) post({ type: 'tokens', tokens: tokens.slice(sent, due) });
    sent = due;
    if (sent < tokens.length) setTimeout(send, 4);
    else post({ type: 'end', count: tokens.length });
  };
  send();
});

function post(message: StreamMessage): void {
  postMessage(message);
}
