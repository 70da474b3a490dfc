/** The model hub and mirrors of it: what a repository holds, with sizes and hashes, before anything is downloaded. */
import * as v from 'valibot';
import { BackendError } from '../../core/backend-error';

export interface ModelOrigins {
  /** Base address with the hub's paths, asked first; without a trailing slash. */
  readonly mirror?: string | undefined;
}

export interface RepositoryFile {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex; the hub has it for large files. */
  readonly sha256?: string;
}

export const hubAddress = 'https://huggingface.co';

/**
 * `GET /api/models/REPO/tree/REVISION?recursive=true` answers with a list of entries; these are files. What is large
 * has `lfs`, whose `oid` is the SHA-256 of the content (git-lfs specification).
 */
const treeFile = v.object({
  type: v.literal('file'),
  path: v.string(),
  size: v.number(),
  lfs: v.optional(v.object({ oid: v.string(), size: v.number() })),
});

const sha256 = /^[0-9a-f]{64}$/;

/** @throws BackendError `model-not-found`, `unauthorized`, `unreachable` */
export async function listRepository(
  repository: string,
  revision: string,
  origins: ModelOrigins,
  signal: AbortSignal,
): Promise<RepositoryFile[]> {
  const failures: BackendError[] = [];
  for (const base of basesOf(origins)) {
    try {
      return await readTree(
        `${base}/api/models/${repository}/tree/${revision}?recursive=true`,
        repository,
        signal,
      );
    } catch (thrown) {
      signal.throwIfAborted();
      failures.push(BackendError.from(thrown));
    }
  }
  // On a closed network the hub is silent, and what the mirror said is the answer.
  const told = failures.find(({ code }) => code !== 'unreachable');
  throw told ?? failures[0] ?? new BackendError('internal', 'No hub is known.');
}

/** Where a file can be had, in the order to try. */
export function sourcesOf(
  repository: string,
  revision: string,
  path: string,
  origins: ModelOrigins,
): string[] {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return basesOf(origins).map((base) => `${base}/${repository}/resolve/${revision}/${encoded}`);
}

function basesOf({ mirror }: ModelOrigins): string[] {
  return [...(mirror ? [mirror] : []), hubAddress];
}

/** The hub answers in pages of a thousand and names the next one (RFC 8288). */
async function readTree(first: string, repository: string, signal: AbortSignal): Promise<RepositoryFile[]> {
  const files: RepositoryFile[] = [];
  const seen = new Set<string>();
  for (let url: string | undefined = first; url !== undefined && !seen.has(url);) {
    seen.add(url);
    const response = await readPage(url, repository, signal);
    files.push(...(await filesIn(response)));
    url = nextPage(response);
  }
  return files;
}

async function readPage(url: string, repository: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal }).catch((thrown: unknown) => {
    throw new BackendError(
      'unreachable',
      'The model hub does not answer.',
      {
        hint: 'Check the network. On a closed network, run “npm run models -- add” on a computer that has one, or set SWITCHYARD_MODEL_MIRROR.',
      },
      thrown,
    );
  });
  const { status } = response;
  if (status === 401 || status === 403) {
    // The hub says 401 for what does not exist too, so as not to give away private names.
    throw new BackendError('unauthorized', `The hub does not show ${repository} to everyone.`, {
      status,
      hint: 'Check the spelling. If its makers ask for their licence to be accepted, download it there and open the files here.',
    });
  }
  if (status === 404) {
    throw new BackendError('model-not-found', `The hub has no repository ${repository}.`, {
      status,
      hint: 'Check the spelling: owner/name, as in the address of the model’s page.',
    });
  }
  if (!response.ok)
    throw new BackendError('server-failed', `The hub answered with status ${status}.`, { status });
  return response;
}

async function filesIn(response: Response): Promise<RepositoryFile[]> {
  const entries: unknown = await response.json().catch(() => undefined);
  if (!Array.isArray(entries)) {
    throw new BackendError('malformed-stream', 'Something other than the model hub answers at its address.');
  }
  return entries
    .filter((entry) => v.is(treeFile, entry))
    .map(({ path, size, lfs }) => ({
      path,
      bytes: lfs?.size ?? size,
      ...(lfs && sha256.test(lfs.oid) && { sha256: lfs.oid }),
    }));
}

/** On the server that answered: a mirror may pass on the hub's own links, of which only the query matters. */
function nextPage({ headers, url }: Response): string | undefined {
  const link = /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec(headers.get('link') ?? '')?.[1];
  return link === undefined ? undefined : new URL(new URL(link, url).search, url).href;
}
