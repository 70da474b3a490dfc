/** `npm run servers -- up NAME …` */
import { mkdir } from 'node:fs/promises';
import { Problem } from '../../shared/problem.mjs';
import { say } from '../../shared/say.mjs';
import { ensureStarterModel } from '../../starter-model.mjs';
import { environmentOf, obtain, oursVariable } from '../real-servers.mjs';
import { isRunning, logFileOf, readNote, runDirectory, writeNote } from '../running-servers.mjs';
import { serversNamed } from '../servers-named.mjs';

/** @param {string[]} names @throws {Problem} */
export async function up(names) {
  if (process.platform === 'win32') {
    throw new Problem(
      'On Windows a server cannot be kept running this way. `npm run test:live -- --start NAME` starts one for the length of the tests.',
    );
  }
  const wanted = serversNamed(names);
  if (wanted.length === 0) throw new Problem('Say which: npm run servers -- up NAME …');
  const gguf = await ensureStarterModel({ environment: { ...process.env, STARTER_MODEL: 'on' } });
  if (gguf === undefined) throw new Problem('Without the starter model no server can start.');
  await mkdir(runDirectory(), { recursive: true });
  /** @type {string[]} */
  const failures = [];
  for (const server of wanted) {
    if (await isRunning(await readNote(server.name))) continue;
    try {
      const got = await obtain(server, gguf, logFileOf(server.name));
      if ('skipped' in got) failures.push(got.skipped);
      else await writeNote(server.name, got.service);
    } catch (error) {
      failures.push(`${server.label} did not start. ${error instanceof Error ? error.message : error}`);
    }
  }
  await printEnvironment(wanted);
  if (failures.length > 0) throw new Problem(failures.join('\n'));
}

/** @param {readonly import('../real-servers.mjs').RealServer[]} servers */
async function printEnvironment(servers) {
  /** @type {Record<string, string>} */
  const environment = {};
  /** @type {string[]} */
  const names = [];
  for (const server of servers) {
    const note = await readNote(server.name);
    if (!note) continue;
    Object.assign(environment, environmentOf(server, note));
    names.push(server.name);
  }
  for (const [name, value] of Object.entries({ ...environment, [oursVariable]: names.join(',') })) {
    process.stdout.write(`${name}=${value}\n`);
  }
  say(`They run until \`npm run servers -- down\`; what they print is in ${runDirectory()}.`);
}
