/** Sorts the files of a build: what the service worker keeps at once, and what belongs to one engine only. */
import { createHash } from 'node:crypto';
import type { BuildFile, OfflineBuild, Runtime } from '../../src/offline/offline-build';
import { stableName } from '../../src/offline/offline-build';

/** Every visit pays for the shell, so an engine must not slip into it. */
const shellLimitBytes = 8_000_000;
const text = /\.(html|js|mjs|css|json|svg|webmanifest)$/;
/** WebAssembly, and what only some PDF files ask for: character maps and standard fonts. */
const onDemand = /\.(wasm|bcmap|pfb|ttf)$/;
const document = '/index.html';

/**
 * @param files contents by path, `/index.html` among them
 * @param engineWorkers names without ending of the engines' worker files, such as `wllama.worker`
 * @param headers what the relay adds to the files: kept copies hold them too
 */
export function describeBuild(
  files: ReadonlyMap<string, Buffer>,
  engineWorkers: readonly string[],
  headers: unknown,
): OfflineBuild {
  const entries = [...files.keys()].filter((path) =>
    engineWorkers.some((name) => stableName(path) === `/assets/${name}.js`),
  );
  const uses = usesOf(files);
  const isHeavy = (path: string) => entries.includes(path) || onDemand.test(path);
  const ofThePage = closure([document], (path) => uses(path).filter((used) => !isHeavy(used)));
  const runtimes = entries.map((entry): Runtime => {
    // Who starts the worker may hand it the address of its WebAssembly.
    const starters = [...ofThePage].filter((path) => uses(path).includes(entry));
    const handed = starters.flatMap(uses).filter((path) => path.endsWith('.wasm'));
    const own = [...closure([entry, ...handed], uses)].filter((path) => !ofThePage.has(path));
    return { name: nameOf(entry), entry, files: own.map(describe) };
  });
  const ofEngines = new Set(runtimes.flatMap(({ files: own }) => own.map(({ path }) => path)));
  // What no engine's worker names of these is fetched when it is needed, and not kept.
  const shell = [...files.keys()]
    .filter((path) => !ofEngines.has(path) && !onDemand.test(path))
    .map(describe);

  const shellBytes = shell.reduce((sum, { bytes }) => sum + bytes, 0);
  if (shellBytes > shellLimitBytes) {
    throw new Error(
      `The service worker would keep ${shellBytes} bytes at the first visit; the limit is ${shellLimitBytes}. ` +
        'Is the code of an engine imported outside its worker?',
    );
  }
  const version = hash(JSON.stringify([shell, runtimes, headers])).slice(0, 16);
  return { version, shell, runtimes };

  function describe(path: string): BuildFile {
    const content = files.get(path) ?? Buffer.alloc(0);
    return { path: path === document ? '/' : path, bytes: content.length, sha256: hash(content) };
  }
}

/** Names in the build hold a hash, so a file that contains the name of another one uses it. */
function usesOf(files: ReadonlyMap<string, Buffer>): (path: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const names = [...files.keys()].map((path) => ({ path, name: path.slice(path.lastIndexOf('/') + 1) }));
  return (path) => {
    const before = known.get(path);
    if (before) return before;
    const content = text.test(path) ? (files.get(path)?.toString('latin1') ?? '') : '';
    const used = names
      .filter((one) => one.path !== path && content.includes(one.name))
      .map((one) => one.path);
    known.set(path, used);
    return used;
  };
}

function closure(start: readonly string[], uses: (path: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(start);
  // A set hands out what is added while it is walked.
  for (const path of found) for (const used of uses(path)) found.add(used);
  return found;
}

/** `/assets/wllama.worker-1a2b3c4d.js` → `wllama` */
function nameOf(entry: string): string {
  return stableName(entry).replace(/^.*\/|\.worker\.js$/g, '');
}

function hash(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
