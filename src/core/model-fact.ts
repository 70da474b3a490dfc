/** What is known of a model, and from whom: a person's word, then a probe, then what the server declares. */

export type FactSource = 'person' | 'probe' | 'declared' | 'unknown';

export interface ModelFact<Value> {
  /** Absent is unknown, which is never taken for yes. */
  readonly value?: Value;
  readonly source: FactSource;
}

export interface FactClaims<Value> {
  readonly person?: Value | undefined;
  readonly probe?: Value | undefined;
  readonly declared?: Value | undefined;
}

/** The first of person, probe and server that says anything. */
export function resolveFact<Value>({ person, probe, declared }: FactClaims<Value>): ModelFact<Value> {
  if (person !== undefined) return { value: person, source: 'person' };
  if (probe !== undefined) return { value: probe, source: 'probe' };
  if (declared !== undefined) return { value: declared, source: 'declared' };
  return { source: 'unknown' };
}
