/** Connections that go through the proxy of the environment, which Node's own fetch does not know. */
import { EnvHttpProxyAgent } from 'undici';

const connectTimeoutMs = 8_000;
/** A server that is silent for longer is taken for lost. */
const silenceTimeoutMs = 30_000;

export function proxyAgent() {
  return new EnvHttpProxyAgent({
    connect: { timeout: connectTimeoutMs },
    headersTimeout: silenceTimeoutMs,
    bodyTimeout: silenceTimeoutMs,
  });
}
