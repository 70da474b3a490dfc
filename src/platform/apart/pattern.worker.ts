/** Searches a text for a pattern. In a worker, because some patterns take years over some texts. */
import type { PatternReply, PatternRequest } from './pattern-message';

self.onmessage = ({ data }: MessageEvent<PatternRequest>): void => self.postMessage(search(data));

function search({ text, pattern, flags }: PatternRequest): PatternReply {
  try {
    return { isMatch: new RegExp(pattern, flags).test(text) };
  } catch (thrown) {
    return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
