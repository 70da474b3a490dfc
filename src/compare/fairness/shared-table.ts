/** The settings that at least one of several backends takes, as one table for one set of controls. */
import type { ParamName, ParamTable } from '../../core/params';

/**
 * A setting is unsupported where all ignore it; otherwise the first that takes it gives the rule. Undefined for no
 * table at all.
 */
export function sharedTable(tables: readonly ParamTable[]): ParamTable | undefined {
  const [first, ...others] = tables;
  return first && others.reduce(joined, first);
}

function joined(a: ParamTable, b: ParamTable): ParamTable {
  const names = Object.keys(a) as ParamName[];
  const rules = names.map((name) => [name, a[name] === 'unsupported' ? b[name] : a[name]]);
  return Object.fromEntries(rules) as ParamTable;
}
