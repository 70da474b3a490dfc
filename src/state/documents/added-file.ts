/** What a person adds to a collection, and what became of it. */
import type { StoredDocument } from '../../core/document';

export interface AddedFile {
  readonly file: File;
  /** Within the folder that was chosen, that folder's own name first, with `/`; absent for a single file. */
  readonly path?: string;
  /** Where it was fetched from. */
  readonly url?: string;
}

export interface RefusedFile {
  readonly name: string;
  /** For people. */
  readonly why: string;
}

export interface AddReport {
  /** How many are new, take the place of an older version, or are here already. */
  readonly added: number;
  readonly changed: number;
  readonly known: number;
  readonly refused: readonly RefusedFile[];
  /** Of the same folder as what was added, and no longer in it: `remove` forgets them. */
  readonly missing: readonly StoredDocument[];
  /** What a person should know although it worked, for example that this browser keeps no files. */
  readonly notices: readonly string[];
}
