/** The servers that lanes may name: those of the run file, and those that the relay would know by its environment. */
import { resolve } from 'node:path';
import { readConfigFile } from '../relay/settings/config-file';
import { checkEnvironment, type Environment } from '../relay/settings/environment';
import type { UpstreamSettings } from '../relay/settings/settings';
import { upstreamsFromEnvironment, upstreamsFromFile } from '../relay/settings/upstream-settings';
import type { BatchUpstream } from '../src/core/batch';

/** Those of the run file go first. @throws SettingsError */
export function knownUpstreams(
  own: readonly BatchUpstream[],
  runFile: string,
  variables: Environment,
): UpstreamSettings[] {
  const ofFile = upstreamsFromFile([...own], runFile, variables);
  const ids = new Set(own.map(({ id }) => id));
  return [...ofFile, ...ofRelay(variables).filter(({ id }) => !ids.has(id))];
}

function ofRelay(variables: Environment): UpstreamSettings[] {
  const environment = checkEnvironment(variables);
  const path = environment.SWITCHYARD_CONFIG && resolve(environment.SWITCHYARD_CONFIG);
  const listed = path ? readConfigFile(path).upstreams : undefined;
  return path && listed ? upstreamsFromFile(listed, path, variables) : upstreamsFromEnvironment(environment);
}
