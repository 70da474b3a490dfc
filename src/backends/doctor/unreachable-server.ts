/** The browser reaches nothing at the address: nobody there, TLS, or the browser itself is in the way. */
import type { UpstreamStatus } from '../../../relay/contract';
import type { ServerConnection } from '../../core/connection';
import { hostOf, otherScheme, type Case } from './case';
import { spaceOf } from './local-network';
import { networkAccess } from './network-permission';
import { modelIds, type ServerPaths } from './server-paths';
import { known, mostLikely, oneOf, type Suspect, type Verdict } from './verdict';

export async function whyUnreachable(
  one: Case,
  connection: ServerConnection,
  paths: ServerPaths,
  witness: UpstreamStatus | undefined,
): Promise<Verdict> {
  const place = hostOf(connection);
  const down: Suspect = {
    cause: 'server-down',
    why: `Nothing that this browser reaches answers at ${place}.`,
  };
  const blocked = await blockedByBrowser(one, connection, witness, down);
  if (blocked) return blocked;
  if (new URL(place).protocol === 'https:') return whyNoTls(one, connection, paths, witness, down);
  const secure = await secureInstead(one, connection, paths, witness);
  if (secure) return secure;
  if (witness?.state === 'ready') {
    return known({
      cause: 'unreachable-from-browser',
      why: `The relay reaches ${place}; this browser does not.`,
    });
  }
  const agrees =
    witness?.state === 'unreachable' && witness.error?.code === 'unreachable' && sharesMachine(one);
  if (agrees)
    return known({ ...down, why: `Neither this browser nor the relay gets an answer at ${place}.` });
  return mostLikely(down);
}

async function blockedByBrowser(
  one: Case,
  connection: ServerConnection,
  witness: UpstreamStatus | undefined,
  down: Suspect,
): Promise<Verdict | undefined> {
  const access = await networkAccess(one, connection);
  const isUp = witness?.state === 'ready';
  const verdict = (suspect: Suspect) => (isUp ? mostLikely(suspect) : oneOf(suspect, down));
  const target = new URL(connection.baseUrl);
  const isMixed = one.tools.page.origin.startsWith('https:') && target.protocol === 'http:';
  switch (access) {
    case 'denied':
      return mostLikely({
        cause: 'local-network-denied',
        why: 'The browser stops this page’s calls to the local network before they leave.',
      });
    case 'insecure-page':
      return verdict({
        cause: 'local-network-denied',
        why: 'This page comes from plain http, and Chrome lets only pages from https or localhost call the local network.',
      });
    case 'unasked':
      return verdict({
        cause: 'local-network-unasked',
        why: 'The browser calls the local network only after it has asked you, and you have not allowed it yet.',
      });
    default:
      if (!isMixed) return undefined;
      return verdict({
        cause: 'mixed-content',
        why: `This page comes from ${one.tools.page.origin}. Not every browser lets such a page call http, even on this device.`,
      });
  }
}

/** An http address at which https is spoken. A certificate that this browser does not trust hides that from a page. */
export async function secureInstead(
  one: Case,
  connection: ServerConnection,
  { models }: ServerPaths,
  witness: UpstreamStatus | undefined,
): Promise<Verdict | undefined> {
  const place = hostOf(connection);
  if (place.startsWith('https:')) return undefined;
  const secure = otherScheme(place);
  const scheme = { cause: 'wrong-scheme', betterUrl: otherScheme(connection.baseUrl) } as const;
  if (witness?.error?.detail.said === 'SPEAKS_TLS' && sharesMachine(one)) {
    return known({ ...scheme, why: `The relay finds TLS at ${place}, and no plain http.` });
  }
  return (await asks(one, 'Does it speak https instead?', models.replace(place, secure)))
    ? known({ ...scheme, why: `Something answers at ${secure}, and nothing proper at ${place}.` })
    : undefined;
}

/** A relay on this very machine sees what the browser should see. */
function sharesMachine({ tools }: Case): boolean {
  return spaceOf(new URL(tools.page.origin).hostname) === 'loopback';
}

async function whyNoTls(
  one: Case,
  connection: ServerConnection,
  { models }: ServerPaths,
  witness: UpstreamStatus | undefined,
  down: Suspect,
): Promise<Verdict> {
  const place = hostOf(connection);
  const plain = otherScheme(place);
  const certificate: Suspect = {
    cause: 'certificate-refused',
    why: `The browser does not tell a page what is wrong with a certificate.`,
  };
  if (witness?.state === 'ready')
    return mostLikely({ ...certificate, why: `The relay reaches ${place}; this browser does not.` });
  // From an https page, plain http would be stopped and prove nothing.
  if (one.tools.page.origin.startsWith('https:')) return oneOf(certificate, down);
  const scheme: Suspect = {
    cause: 'wrong-scheme',
    why: `Something answers at ${plain}.`,
    betterUrl: otherScheme(connection.baseUrl),
  };
  const reply = await one.questions.get(models.replace(place, plain));
  if (reply.state === 'reply' && modelIds(connection.kind, reply.json)) return known(scheme);
  // Many servers with TLS also say in plain http that they want TLS.
  const isThere = await asks(one, 'Does it speak plain http instead?', models.replace(place, plain));
  return isThere ? oneOf(scheme, certificate) : oneOf(certificate, down);
}

async function asks({ questions, checklist }: Case, question: string, url: string): Promise<boolean> {
  checklist.ask(question);
  const isThere = await questions.reach(url);
  checklist.note(isThere ? 'good' : 'bad', isThere ? 'Something answers there.' : 'No.');
  return isThere === true;
}
