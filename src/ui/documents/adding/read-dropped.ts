/** Files that were dropped or picked, folders with all that lies in them. */
import type { AddedFile } from '../../../state/documents/added-file';

export interface FoundFiles {
  readonly files: readonly AddedFile[];
  /** Hidden files, packages of others: what nobody means when a folder is dropped. */
  readonly passedOver: number;
  /** Paths that the browser would not open. */
  readonly unreadable: readonly string[];
}

const notMeant: ReadonlySet<string> = new Set(['node_modules', '__MACOSX', '__pycache__', 'Thumbs.db']);

/** Must be called while the event is handled: a moment later the browser has emptied it. */
export function readDropped(transfer: DataTransfer): Promise<FoundFiles> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  // Files from the clipboard and from some programs have no entry.
  return entries.length === 0 ? Promise.resolve(filesOf(transfer.files)) : readEntries(entries);
}

/** Of a file input; one for folders tells where in the folder a file lies. */
export function filesOf(list: Iterable<File>): FoundFiles {
  const files: AddedFile[] = [];
  let passedOver = 0;
  for (const file of list) {
    const path = file.webkitRelativePath;
    if (path && isNotMeant(path)) passedOver++;
    else files.push(path ? { file, path } : { file });
  }
  return { files, passedOver, unreadable: [] };
}

async function readEntries(roots: readonly FileSystemEntry[]): Promise<FoundFiles> {
  const files: AddedFile[] = [];
  const unreadable: string[] = [];
  let passedOver = 0;
  const waiting = [...roots];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const path = entry.fullPath.replace(/^\//, '');
    const isInFolder = path.includes('/');
    if (isInFolder && isNotMeant(path)) {
      passedOver++;
      continue;
    }
    try {
      if (isFolder(entry)) waiting.push(...(await entriesOf(entry)));
      else if (isFile(entry)) {
        const file = await fileOf(entry);
        files.push(isInFolder ? { file, path } : { file });
      }
    } catch {
      unreadable.push(path);
    }
  }
  files.sort((one, other) => (one.path ?? one.file.name).localeCompare(other.path ?? other.file.name));
  return { files, passedOver, unreadable };
}

function isNotMeant(path: string): boolean {
  return path.split('/').some((name) => name.startsWith('.') || notMeant.has(name));
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** The browser hands out a hundred at a time, and none when there are no more. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
