/** A request that a server turned down for one of its settings: the report then names it. */
import { BackendError } from '../../core/backend-error';
import type { ParamEffect } from '../../core/param-effect';
import type { ParamName } from '../../core/params';

/** Ollama answers 500 to a schema that it cannot use; the others 400 or 422. */
const codes: ReadonlySet<string> = new Set(['bad-request', 'server-failed']);

/** What servers call a setting in their refusals, where it is not its field. */
const otherNames: Partial<Record<ParamName, RegExp>> = {
  thinking: /\bthink(ing)?\b|\breasoning_effort\b/i,
  format: /\bformat\b|\bschema\b|\bjson_schema\b/i,
  grammar: /\bgrammar\b/i,
  topLogprobs: /\blogprobs\b/i,
  keepAlive: /\bduration\b/i,
};

/** @returns what was thrown, with the report in its detail where the server's words name what was sent */
export function withRefused(thrown: unknown, effects: readonly ParamEffect[]): unknown {
  if (!(thrown instanceof BackendError) || !codes.has(thrown.code)) return thrown;
  const { code, message, detail, cause } = thrown;
  const isNamed = ({ param, outcome, wire = '' }: ParamEffect): boolean =>
    outcome === 'sent' && names(detail.said ?? '', wire, otherNames[param]);
  if (!effects.some(isNamed)) return thrown;
  const report = effects.map((effect): ParamEffect =>
    isNamed(effect) ? { ...effect, outcome: 'refused' } : effect,
  );
  return new BackendError(code, message, { ...detail, effects: report }, cause);
}

function names(said: string, wire: string, other: RegExp | undefined): boolean {
  const field = wire.split('.').at(-1) ?? '';
  const words: readonly string[] = said.match(/[a-z0-9_]+/gi) ?? [];
  return (field !== '' && words.includes(field)) || (other?.test(said) ?? false);
}
