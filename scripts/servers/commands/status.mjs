/** `npm run servers -- status` */
import { isObtained, realServers } from '../real-servers.mjs';
import { isRunning, readNote } from '../running-servers.mjs';

export async function status() {
  for (const server of realServers) {
    const note = await readNote(server.name);
    process.stdout.write(`${server.name.padEnd(17)} ${await state(server, note)}\n`);
  }
}

/**
 * @param {import('../real-servers.mjs').RealServer} server
 * @param {import('../running-servers.mjs').RunningNote | undefined} note
 */
async function state(server, note) {
  if (note && (await isRunning(note))) return `runs at ${note.url} (process ${note.pid})`;
  const installed = isObtained(server) ? 'installed' : 'not installed';
  return note ? `${installed}; it was started and has ended by itself` : installed;
}
