/** The tools that the next request offers: those of the page that are switched on, and the person's own. */
import type { ToolDefinition } from '../core/tool';
import type { BuiltInTool } from '../tools/built-in-tool';
import type { SettingValues } from './setting-values';

type ToolSettings = Pick<SettingValues, 'builtInTools' | 'ownTools'>;

/** As plain data, for workers too. The tools' code is fetched where one is switched on. */
export async function offeredTools(settings: ToolSettings): Promise<readonly ToolDefinition[]> {
  const builtIn = (await allowedTools(settings)).map(({ name, description, parameters }) => {
    return { name, description, parameters };
  });
  return [...builtIn, ...settings.ownTools];
}

/** Those that may run by themselves. */
export async function allowedTools({
  builtInTools: names,
}: Pick<SettingValues, 'builtInTools'>): Promise<readonly BuiltInTool[]> {
  if (names.length === 0) return [];
  const { builtInTools } = await import('../tools/built-in-tools');
  return builtInTools.filter(({ name }) => names.includes(name));
}
