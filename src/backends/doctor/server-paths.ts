/** What to ask each kind of server: its list of models and its version. */
import * as v from 'valibot';
import type { ServerConnection, ServerKind } from '../../core/connection';
import { type OpenAiQuirks, serverPresets } from '../presets';
import { apiBase } from '../shared/api-base';

export interface ServerPaths {
  /** Without a path. */
  readonly origin: string;
  readonly root: string;
  readonly models: string;
  readonly version?: { readonly url: string; readonly field: string };
}

/** @param connection with an absolute http or https address */
export function serverPaths(connection: ServerConnection): ServerPaths {
  const { kind } = connection;
  const { root, api } = apiBase(connection);
  const { origin } = new URL(root);
  if (kind === 'ollama') {
    const version = { url: `${root}/api/version`, field: 'version' };
    return { origin, root, models: `${root}/api/tags`, version };
  }
  const { version }: OpenAiQuirks = serverPresets[kind].quirks;
  const told = version && { url: root + version.path, field: version.field };
  return { origin, root, models: `${root}${api}/models`, ...(told ? { version: told } : {}) };
}

const ollamaModels = v.object({ models: v.nullish(v.array(v.object({ name: v.string() })), []) });
const openAiModels = v.object({ data: v.array(v.object({ id: v.string() })) });

/** The ids in a list of models; undefined when it is no such list. */
export function modelIds(kind: ServerKind, json: unknown): readonly string[] | undefined {
  if (kind === 'ollama') {
    const parsed = v.safeParse(ollamaModels, json);
    return parsed.success ? (parsed.output.models ?? []).map(({ name }) => name) : undefined;
  }
  const parsed = v.safeParse(openAiModels, json);
  return parsed.success ? parsed.output.data.map(({ id }) => id) : undefined;
}

/** Ollama's names may leave out the usual tag. */
export function hasModel(kind: ServerKind, ids: readonly string[], wanted: string): boolean {
  return ids.includes(wanted) || (kind === 'ollama' && ids.includes(`${wanted}:latest`));
}

export function textField(json: unknown, field: string): string | undefined {
  const parsed = v.safeParse(v.object({ [field]: v.string() }), json);
  return parsed.success ? parsed.output[field] : undefined;
}
