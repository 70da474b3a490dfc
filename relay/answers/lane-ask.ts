/** Whether a request wants its answer over a channel, and over which. */
import type { IncomingHttpHeaders } from 'node:http';
import { laneHeaders } from '../contract';
import type { RelayError } from '../replies/relay-error';

export interface LaneAsk {
  readonly answerId: string;
  readonly channelId: string;
}

const idPattern = /^[0-9a-f]{32}$/;

/** `undefined` for a plain request, which is the usual case of a script. */
export function laneAskOf(headers: IncomingHttpHeaders, method: string): LaneAsk | RelayError | undefined {
  const answerId = headers[laneHeaders.answer];
  if (answerId === undefined) return undefined;
  const channelId = headers[laneHeaders.channel];
  if (method !== 'POST' || !isId(answerId) || !isId(channelId)) return badIds;
  return { answerId, channelId };
}

/** 128 bits, so that nobody guesses it. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

export const badIds: RelayError = {
  status: 400,
  code: 'bad-request',
  message: `${laneHeaders.answer} and ${laneHeaders.channel} must be 32 hex digits each.`,
};
