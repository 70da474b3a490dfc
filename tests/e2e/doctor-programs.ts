/** What programs answer that the connection doctor is to see through. */
import { request, type RequestListener } from 'node:http';
import { readRecording } from '../contract/support/recording';

/** Answers with recorded bytes, by path; `cors` where a browser may read them. */
export function replays(
  recordings: Readonly<Record<string, string>>,
  rules: { readonly key?: string; readonly refusal?: string; readonly isStrictBefore?: boolean } = {},
): RequestListener {
  return (request, response) => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, content-type',
    };
    if (request.method === 'OPTIONS') {
      if (rules.isStrictBefore) response.writeHead(401).end();
      else response.writeHead(200, cors).end();
      return;
    }
    const path = request.url ?? '';
    const isGuarded = rules.key !== undefined && path.startsWith('/v1');
    if (isGuarded && request.headers.authorization !== `Bearer ${rules.key ?? ''}`) {
      const { status, headers, body } = readRecording(rules.refusal ?? '');
      response.writeHead(status, headers).end(body);
      return;
    }
    const name = recordings[path];
    if (name === undefined) return void response.writeHead(404, cors).end('{"detail":"Not Found"}');
    const { status, headers, body } = readRecording(name);
    response.writeHead(status, { ...headers, ...cors }).end(body);
  };
}

/** A proxy before a server that it leaves as it is. */
export function passesOn(to: string): RequestListener {
  const { hostname: host, port } = new URL(to || 'http://127.0.0.1');
  return (incoming, outgoing) => {
    const { method, headers, url: path } = incoming;
    const passed = request({ host, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  };
}
