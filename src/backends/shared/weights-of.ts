/** Which weights a model of this page is, as its files and their addresses tell. */
import type { ModelInfo } from '../../core/backend';
import type { LocalModel } from '../../core/local-model';

export function weightsOf({ files }: Pick<LocalModel, 'files'>): Pick<ModelInfo, 'digest' | 'source'> {
  const [largest] = [...files].sort((a, b) => b.bytes - a.bytes);
  const source = largest?.sources.map(repositoryIn).find((one) => one !== undefined);
  return {
    ...(largest?.sha256 !== undefined && { digest: `sha256:${largest.sha256}` }),
    ...(source !== undefined && { source }),
  };
}

/** The hub's addresses end in `/OWNER/NAME/resolve/REVISION/PATH`, and so do those of its mirrors. */
function repositoryIn(address: string): string | undefined {
  const [, repository, revision] = /([^/]+\/[^/]+)\/resolve\/([^/]+)\//.exec(address) ?? [];
  return repository !== undefined && revision !== undefined ? `${repository}@${revision}` : undefined;
}
