/** A way to get a file from a server into the browser to stay. */

export interface Wanted {
  /** Different for every download: nothing of an earlier one may be found. */
  readonly name: string;
  readonly url: string;
  readonly bytes: number;
  readonly sha256?: string;
}

/** Resolves when the whole file is kept. The page's storage is thrown away afterwards. */
export type Subject = (wanted: Wanted) => Promise<void>;
