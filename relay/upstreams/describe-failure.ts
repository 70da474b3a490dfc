/** What went wrong between the relay and an upstream, in words; the system's own text may hold addresses and stays out. */
import { errors } from 'undici';
import type { RelayError } from '../replies/relay-error';

const nobodyAnswers = 'does not answer. Is it running, and is its base URL right?';
const closedEarly = 'closed the connection before it had answered.';

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: nobodyAnswers,
  EHOSTUNREACH: nobodyAnswers,
  ENETUNREACH: nobodyAnswers,
  ETIMEDOUT: nobodyAnswers,
  UND_ERR_CONNECT_TIMEOUT:
    'did not answer within RELAY_CONNECT_TIMEOUT_MS. Is it running, and is its base URL right?',
  ENOTFOUND: 'has a host name that cannot be found. Check its base URL.',
  EAI_AGAIN: 'has a host name that cannot be looked up now. Check the network.',
  ECONNRESET: closedEarly,
  EPIPE: closedEarly,
  UND_ERR_SOCKET: closedEarly,
};

export function describeFailure(thrown: unknown, label: string): RelayError {
  if (thrown instanceof errors.HeadersTimeoutError || thrown instanceof errors.BodyTimeoutError) {
    const message = `${label} was silent for longer than RELAY_IDLE_TIMEOUT_MS allows.`;
    return { status: 504, code: 'timeout', message };
  }
  if (thrown instanceof errors.ClientDestroyedError) {
    const message = `The relay was ended before ${label} had answered in full.`;
    return { status: 503, code: 'unreachable', message };
  }
  const code = failureCode(thrown);
  const words = byCode[code];
  if (words !== undefined) return { status: 502, code: 'unreachable', message: `${label} ${words}` };
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    const message = `${label} has a certificate that this machine does not trust (${code}).`;
    return { status: 502, code: 'unreachable', message };
  }
  if (/SSL|TLS|EPROTO/.test(code)) {
    const message = `${label} does not speak TLS there (${code}). If it has none, its base URL must begin with http.`;
    return { status: 502, code: 'unreachable', message };
  }
  const message = `${label} sent something that is no proper HTTP answer (${code}).`;
  return { status: 502, code: 'server-failed', message };
}

/**
 * The system's name of the failure, such as ECONNREFUSED; it holds no address. A refused connection to a name
 * with several addresses is an AggregateError with a code of its own.
 */
export function failureCode(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return 'unknown';
}
