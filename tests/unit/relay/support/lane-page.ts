/** A page as the relay sees it: begins answers, opens and breaks channels, and notes what comes. Real HTTP. */
import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { frameTypes, type LaneHead, laneHeaders } from '../../../../relay/contract';
import { FrameReader } from '../../../../src/backends/shared/lanes/frame-reader';

export interface Received {
  heads: LaneHead[];
  text: string;
  ending: 'end' | { code: string; message: string } | undefined;
}

export const newId = (): string => randomBytes(16).toString('hex');

export function lanePage(relayUrl: string, headers: Readonly<Record<string, string>> = {}) {
  const channelId = newId();
  const received = new Map<string, Received>();
  let connection = new AbortController();
  onTestFinished(() => connection.abort());

  function note(id: string): Received {
    const known = received.get(id) ?? { heads: [], text: '', ending: undefined };
    received.set(id, known);
    return known;
  }

  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const frames = new FrameReader();
    for await (const bytes of body) {
      for (const { type, answerId, payload } of frames.push(bytes)) {
        const answer = note(answerId);
        const text = Buffer.from(payload).toString('utf8');
        if (type === frameTypes.head) answer.heads.push(JSON.parse(text) as LaneHead);
        if (type === frameTypes.data) answer.text += text;
        if (type === frameTypes.end) answer.ending = 'end';
        if (type === frameTypes.error) {
          answer.ending = (JSON.parse(text) as { error: { code: string; message: string } }).error;
        }
      }
    }
  }

  return {
    channelId,
    received: note,
    begin: (path: string, id: string, body = '{}') =>
      fetch(`${relayUrl}/relay/${path}`, {
        method: 'POST',
        body,
        headers: { ...headers, [laneHeaders.answer]: id, [laneHeaders.channel]: channelId },
      }),
    /** @param have `ID@BYTES`, separated by commas */
    async open(have = ''): Promise<Response> {
      connection = new AbortController();
      const reply = await fetch(`${relayUrl}/api/answers`, {
        headers: {
          ...headers,
          [laneHeaders.channel]: channelId,
          ...(have ? { [laneHeaders.have]: have } : {}),
        },
        signal: connection.signal,
      });
      if (reply.ok && reply.body) read(reply.body).catch(() => undefined);
      return reply;
    },
    cut: () => connection.abort(),
    resume: (id: string) =>
      fetch(`${relayUrl}/api/answers/${id}`, {
        method: 'POST',
        headers: { ...headers, [laneHeaders.channel]: channelId },
      }),
    stop: (id: string) => fetch(`${relayUrl}/api/answers/${id}`, { method: 'DELETE', headers }),
  };
}
