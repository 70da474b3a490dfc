/** The contract suite against the real servers that the environment names; the others count as skipped. */
import { serverKinds } from '../../../src/core/connection';
import { describeLiveServer } from './live-contract';

for (const kind of serverKinds) {
  const prefix = kind.toUpperCase();
  describeLiveServer({
    kind,
    baseUrl: process.env[`${prefix}_BASE_URL`],
    apiKey: process.env[`${prefix}_API_KEY`],
    model: process.env[`${prefix}_LIVE_MODEL`],
  });
}
