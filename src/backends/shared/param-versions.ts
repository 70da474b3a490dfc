/** What a server makes of the settings, by its version: servers gain, rename and drop fields. */
import type { ParamTable } from '../../core/params';

export interface ParamVersion {
  /** The first version that this table holds for: numbers with dots. `0` for the oldest. */
  readonly since: string;
  readonly params: ParamTable;
}

/** Newest first. */
export type ParamVersions = readonly [ParamVersion, ...(readonly ParamVersion[])];

/** A server that does not tell its version is taken for a new one. */
export function paramsOf(versions: ParamVersions, version: string | undefined): ParamTable {
  const numbers = numbersOf(version);
  if (!numbers) return versions[0].params;
  const fitting = versions.find(({ since }) => !isBefore(numbers, numbersOf(since) ?? []));
  return (fitting ?? versions[0]).params;
}

/** The same for a conversation that is sent as plain text. @param differing what the server then makes otherwise */
export function plainParamsOf(
  versions: ParamVersions,
  differing: Partial<ParamTable>,
  version: string | undefined,
): ParamTable {
  return { ...paramsOf(versions, version), ...differing };
}

/** `0.32.0+cpu`, `v0.12.11-rc1` and `llama-cpp-python 0.3.6` hold numbers; `unknown` and a development build `0.0.0` do not say anything. */
function numbersOf(version = ''): readonly number[] | undefined {
  const numbers = /^(?:[a-z][a-z-]* )?v?(\d+(?:\.\d+)*)/.exec(version)?.[1]?.split('.').map(Number);
  return numbers && (numbers.some((number) => number > 0) || version === '0') ? numbers : undefined;
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const length = Math.max(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
