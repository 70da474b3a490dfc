/** Which backends exist: the engines in this page, the relay's upstreams, and servers typed into Settings. */
import type { RelayConfig, UpstreamStatus } from '../../relay/contract';
import { relayPaths } from '../../relay/contract';
import type { Connection, LocalConnection, ServerConnection } from '../core/connection';
import type { SettingValues } from './setting-values';

const engines: readonly LocalConnection[] = [
  { id: 'wllama', kind: 'wllama', label: 'In this page' },
  { id: 'transformers', kind: 'transformers', label: 'In this page (Transformers.js)' },
  { id: 'webllm', kind: 'webllm', label: 'In this page (WebLLM)' },
];
const builtIn: LocalConnection = { id: 'prompt-api', kind: 'prompt-api', label: 'Built into this browser' };

export interface ConnectionSources {
  /** `location.origin`. */
  readonly origin: string;
  /** Absent while the relay does not answer. */
  readonly config: RelayConfig | undefined;
  /** Where the browser brings no model along, nobody needs to hear of it. */
  readonly hasBuiltInModel: boolean;
  readonly statuses: readonly UpstreamStatus[];
  readonly settings: Pick<SettingValues, 'addedServers' | 'directUpstreams'>;
  readonly keys: ReadonlyMap<string, string>;
}

export function connectionsOf(sources: ConnectionSources): Connection[] {
  const brought = sources.hasBuiltInModel ? [builtIn] : [];
  return [...engines, ...brought, ...upstreams(sources), ...added(sources)];
}

function upstreams({ origin, config, statuses, settings, keys }: ConnectionSources): ServerConnection[] {
  return (config?.upstreams ?? []).map(({ id, kind: configuredKind, label: configuredLabel }) => {
    const status = statuses.find((candidate) => candidate.id === id);
    // The status knows better: on vLLM's usual port another server may answer.
    const { kind = configuredKind, label = configuredLabel, url, version } = status ?? {};
    if (url !== undefined && settings.directUpstreams.includes(id)) {
      return { id, kind, label, baseUrl: url, via: 'direct', apiKey: keys.get(id) };
    }
    return { id, kind, label, baseUrl: `${origin}${relayPaths.forward}/${id}`, via: 'relay', version };
  });
}

function added({ settings, keys }: ConnectionSources): ServerConnection[] {
  return settings.addedServers.map(({ id, kind, label, url }) => ({
    id,
    kind,
    label,
    baseUrl: url,
    via: 'direct',
    apiKey: keys.get(id),
  }));
}
