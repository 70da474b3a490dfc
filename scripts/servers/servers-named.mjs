/** The servers that a person named on the command line. */
import { Problem } from '../shared/problem.mjs';
import { realServers } from './real-servers.mjs';

/**
 * @param {readonly string[]} names
 * @returns {import('./real-servers.mjs').RealServer[]}
 * @throws {Problem} for a name that no server has
 */
export function serversNamed(names) {
  const unknown = names.filter((name) => !realServers.some((server) => server.name === name));
  if (unknown.length > 0) {
    const known = realServers.map(({ name }) => name).join(', ');
    throw new Problem(`Unknown: ${unknown.join(', ')}. Servers: ${known}.`);
  }
  return realServers.filter(({ name }) => names.includes(name));
}
