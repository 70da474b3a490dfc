/**
 * The starter model for tests that need a real one, as a Vite plugin: as it is, and as the ONNX builds that
 * `npm run models -- convert` makes of it. A build is kept in the cache, and made anew when the converter changes.
 *
 * - `/starter-builds/gguf` and `/starter-builds/BITS` tell the files as `[{ path, url, bytes }]`; 404 without the model
 * - `/starter-builds/BITS/PATH` is one of them
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { cacheDirectory } from '../../scripts/shared/cache-directory.mjs';
import { root } from '../../scripts/shared/root.mjs';
import { run } from '../../scripts/shared/run.mjs';
import { starterModelFacts } from '../../scripts/starter-model/starter-model-facts.mjs';

const { file, bytes, sha256 } = starterModelFacts;
const source = join(root, 'models', file);
const converter = join(root, 'scripts', 'models', 'convert');
const route = '/starter-builds';

/** Starts a conversion at most once per number of bits. */
type BuildOf = (bits: string) => Promise<string>;

export function starterBuilds(): Plugin {
  const builds = new Map<string, Promise<string>>();
  const buildOf: BuildOf = (bits) => {
    const build = builds.get(bits) ?? convertedStarter(bits);
    builds.set(bits, build);
    return build;
  };
  return {
    name: 'starter-builds',
    configureServer({ middlewares }) {
      middlewares.use(route, (request, response) => {
        const [, kind = '', ...path] = (request.url ?? '').split('/');
        answer(response, kind, path, buildOf).catch((error: unknown) => {
          response.writeHead(500).end(String(error));
        });
      });
    },
  };
}

async function answer(
  response: ServerResponse,
  kind: string,
  path: readonly string[],
  buildOf: BuildOf,
): Promise<void> {
  if ((await stat(source).catch(() => undefined))?.size !== bytes) {
    response.writeHead(404).end(`${file} is not in models/; node scripts/starter-model.mjs brings it.`);
    return;
  }
  if (kind === 'gguf') {
    response.end(JSON.stringify([{ path: file, url: `/models/${file}`, bytes }]));
    return;
  }
  const folder = await buildOf(kind);
  if (path.length === 0) response.end(JSON.stringify(await filesIn(folder, `${route}/${kind}`)));
  else createReadStream(join(folder, ...path)).pipe(response);
}

async function filesIn(folder: string, address: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (name) => {
      const path = relative(folder, name).replaceAll(sep, '/');
      return { path, url: `${address}/${path}`, bytes: (await stat(name)).size };
    }),
  );
}

/** @returns the folder of the build of the starter model, which must be there */
export async function convertedStarter(bits: string): Promise<string> {
  const folder = join(cacheDirectory(), 'converted', `${file}-${bits}-${await fingerprint()}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  const command = ['scripts/models.mjs', 'convert', source, '--bits', bits, '--to', folder];
  const { code, output } = await run(process.execPath, command, { cwd: root, output: 'capture' });
  if (code !== 0) throw new Error(`The converter failed: ${output}`);
  return folder;
}

/** Of the converter and the model. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256').update(sha256);
  const names = (await readdir(converter, { recursive: true })).filter((name) => name.endsWith('.mjs'));
  for (const name of names.sort()) hash.update(await readFile(join(converter, name)));
  return hash.digest('hex').slice(0, 16);
}
