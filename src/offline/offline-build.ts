/** What the build tells the service worker about the files of the page. */

export interface BuildFile {
  /** As the page asks for it; `/` stands for index.html. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The worker of an engine and what only it needs: large, so it is kept when the engine is first used. */
export interface Runtime {
  /** Of the engine, as its worker's file is named. */
  readonly name: string;
  /** The path of the worker's script. */
  readonly entry: string;
  readonly files: readonly BuildFile[];
}

export interface OfflineBuild {
  /** Changes with any file and with the headers that the relay adds to them. */
  readonly version: string;
  /** Kept as soon as the page was opened once. */
  readonly shell: readonly BuildFile[];
  readonly runtimes: readonly Runtime[];
}

/** The path without the hash that the build puts into names: what a file is called in every version. */
export function stableName(path: string): string {
  return path.replace(/-[\w-]{8}(\.\w+)$/, '$1');
}
