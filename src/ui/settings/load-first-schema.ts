/** What reads schemas is loaded when one is asked for. */
import type { JsonObject } from '../../core/json';
import type { SettingValues } from '../../state/setting-values';

export async function loadFirstSchema(values: SettingValues): Promise<JsonObject> {
  const { schemaToBegin } = await import('./schema/schema-to-begin');
  return schemaToBegin(values);
}
