/** The reply to a request whose answer comes over a channel: 202, as soon as the request is whole. */
import type { ServerResponse } from 'node:http';
import type { KeptAnswer } from '../answers/kept-answer';
import { laneHeaders } from '../contract';
import { dataHeaders, type HeaderPair } from '../replies/security-headers';

/** @returns what sends it. Whoever leaves before does not want the answer. */
export function acceptDetached(
  answer: KeptAnswer,
  outgoing: ServerResponse,
  cors: readonly HeaderPair[],
): () => void {
  outgoing.on('close', () => {
    if (!outgoing.writableEnded) answer.stop();
  });
  return () => {
    const head: HeaderPair[] = [...dataHeaders, ...cors, [laneHeaders.answer, answer.id]];
    outgoing.writeHead(202, [...head.flat(), 'content-length', '0']).end();
  };
}
