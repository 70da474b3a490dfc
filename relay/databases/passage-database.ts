/** Passages in PostgreSQL with pgvector: one table of the configuration. Connections are made when first needed. */
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import type { DatabaseReplies, DatabaseRequests } from '../contract';
import type { DatabaseSettings, RelayLimits } from '../settings/settings';
import { type Statements, statementsFor } from './statements';
import { DatabaseRefusal } from './database-refusal';

/** A search is short; more would only wait in the database. */
const mostConnections = 8;
const longestStatementMs = 30_000;
/** Passages whose cosines tell how those of all are spread. */
const sampleSize = 2000;

export type PassageDatabases = ReadonlyMap<string, PassageDatabase>;

export function openDatabases(
  settings: readonly DatabaseSettings[],
  limits: Pick<RelayLimits, 'connectTimeoutMs'>,
): PassageDatabases {
  return new Map(settings.map((one) => [one.id, new PassageDatabase(one, limits)]));
}

export async function closeDatabases(databases: PassageDatabases): Promise<void> {
  await Promise.all([...databases.values()].map((database) => database.close()));
}

/** All methods reject with a DatabaseRefusal, or with what the driver throws. */
export class PassageDatabase {
  readonly settings: DatabaseSettings;
  readonly #statements: Statements;
  readonly #connectTimeoutMs: number;
  #pool: Promise<Pool> | undefined;
  #prepared: Promise<void> | undefined;

  constructor(settings: DatabaseSettings, { connectTimeoutMs }: Pick<RelayLimits, 'connectTimeoutMs'>) {
    this.settings = settings;
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#statements = statementsFor(settings);
  }

  kept({ owner }: DatabaseRequests['kept']): Promise<DatabaseReplies['kept']> {
    return this.#inTransaction(async (client) => ({
      documents: await rows<DatabaseReplies['kept']['documents'][number]>(client, this.#statements.kept, [
        owner,
      ]),
    }));
  }

  search(asked: DatabaseRequests['search']): Promise<DatabaseReplies['search']> {
    const { text, vector, model = '', documentIds, from, until, depth } = asked;
    if (vector) this.#check(vector);
    const written = vector ? JSON.stringify(vector) : null;
    return this.#inTransaction(async (client) => {
      const isFiltered = documentIds !== undefined || from !== undefined || until !== undefined;
      // The index of vectors looks at the nearest only: where few are wanted, all of these are compared instead.
      await client.query(
        isFiltered
          ? 'SET LOCAL enable_indexscan = off'
          : `SET LOCAL hnsw.ef_search = ${depth}; SET LOCAL hnsw.iterative_scan = strict_order`,
      );
      const found = await rows<Candidate>(client, this.#statements.search, [
        text,
        written,
        model,
        documentIds ?? null,
        from ?? null,
        until ?? null,
        depth,
      ]);
      const candidates = found.map(({ keyword, dense, ...place }) => ({
        ...place,
        ...(keyword !== null && { keyword }),
        ...(dense !== null && { dense }),
      }));
      const spread = written === null ? noSpread : await this.#spread(client, written, model);
      return { candidates, ...spread };
    });
  }

  read({ ranges }: DatabaseRequests['read']): Promise<DatabaseReplies['read']> {
    return this.#inTransaction(async (client) => {
      const found = await rows<StoredPassage>(client, this.#statements.read, [JSON.stringify(ranges)]);
      return {
        passages: found.map(({ page, ...passage }) => ({ ...passage, ...(page !== null && { page }) })),
      };
    });
  }

  /** All of it or nothing. */
  put(given: DatabaseRequests['put']): Promise<Record<string, never>> {
    const { owner, documentId, name, changedAt, content, model = '', passages } = given;
    for (const { vector } of passages) if (vector) this.#check(vector);
    return this.#changing(async (client) => {
      const [before] = await rows<{ owner: string }>(client, this.#statements.owner, [documentId]);
      if (before && before.owner !== owner)
        throw new DatabaseRefusal('This document belongs to another page.');
      await client.query(this.#statements.removeDocument, [documentId, owner]);
      const facts = [documentId, owner, name, changedAt, content, model, passages.length];
      await client.query(this.#statements.addDocument, facts);
      const records = passages.map(({ start, end, page, headings, text, vector }, chunk) => ({
        chunk,
        starts: start,
        ends: end,
        page,
        headings,
        body: text,
        embedding: vector,
      }));
      await client.query(this.#statements.addPassages, [documentId, JSON.stringify(records)]);
    });
  }

  vectors({
    owner,
    documentId,
    model,
    vectors,
  }: DatabaseRequests['vectors']): Promise<Record<string, never>> {
    for (const vector of vectors) this.#check(vector);
    return this.#changing(async (client) => {
      const { rowCount } = await client.query(this.#statements.setModel, [
        documentId,
        owner,
        model,
        vectors.length,
      ]);
      // It may have been removed or changed while its vectors were made.
      if (rowCount === 0) return;
      const records = vectors.map((embedding, chunk) => ({ chunk, embedding }));
      await client.query(this.#statements.setVectors, [documentId, JSON.stringify(records)]);
    });
  }

  remove({ owner, documentId }: DatabaseRequests['remove']): Promise<Record<string, never>> {
    return this.#changing((client) => client.query(this.#statements.removeDocument, [documentId, owner]));
  }

  drop({ owner }: DatabaseRequests['drop']): Promise<Record<string, never>> {
    return this.#changing((client) => client.query(this.#statements.drop, [owner]));
  }

  async close(): Promise<void> {
    await (await this.#pool?.catch(() => undefined))?.end();
  }

  #check({ length }: readonly number[]): void {
    const { dimensions, label } = this.settings;
    if (length === dimensions) return;
    throw new DatabaseRefusal(
      `${label} keeps vectors of ${dimensions} numbers, and the embedding model of this collection makes ${length}.`,
    );
  }

  async #spread(client: PoolClient, vector: string, model: string): Promise<Spread> {
    const [{ size } = { size: 1 }] = await rows<{ size: number }>(client, this.#statements.size, []);
    const share = Math.min(100, (100 * sampleSize) / size);
    const [spread = noSpread] = await rows<Spread>(client, this.#statements.spread, [vector, model, share]);
    return spread;
  }

  async #changing(work: (client: PoolClient) => Promise<unknown>): Promise<Record<string, never>> {
    if (!this.settings.allowsChanges) {
      throw new DatabaseRefusal(
        `${this.settings.label} may be searched only: its configuration allows no changes.`,
      );
    }
    await this.#inTransaction(work);
    return {};
  }

  async #inTransaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const pool = await (this.#pool ??= this.#open());
    await (this.#prepared ??= this.#prepare(pool).catch((thrown: unknown) => {
      this.#prepared = undefined;
      throw thrown;
    }));
    return transaction(pool, work);
  }

  async #open(): Promise<Pool> {
    // Most relays have no database: its driver is read when it is needed.
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({
      connectionString: this.settings.url,
      max: mostConnections,
      connectionTimeoutMillis: this.#connectTimeoutMs,
      statement_timeout: longestStatementMs,
      application_name: 'switchyard',
      // Idle connections do not keep the relay from ending.
      allowExitOnIdle: true,
    });
    // A connection that breaks while nobody uses it is replaced.
    pool.on('error', () => undefined);
    return pool;
  }

  /** Two relays may begin at the same time. */
  async #prepare(pool: Pool): Promise<void> {
    await transaction(pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(7209143)');
      if (this.settings.allowsChanges) {
        for (const statement of this.#statements.prepare) await client.query(statement);
      }
      const [{ version } = { version: 'none' }] = await rows<{ version: string }>(
        client,
        this.#statements.version,
        [],
      );
      const [major = 0, minor = 0] = version.split('.').map(Number);
      if (!(major > 0 || minor >= 8)) {
        throw new DatabaseRefusal(`${this.settings.label} needs pgvector 0.8 or later, and has ${version}.`);
      }
    });
  }
}

interface Candidate {
  readonly documentId: string;
  readonly chunk: number;
  readonly chunks: number;
  readonly keyword: number | null;
  readonly dense: number | null;
}

type StoredPassage = Omit<DatabaseReplies['read']['passages'][number], 'page'> & {
  readonly page: number | null;
};
type Spread = Pick<DatabaseReplies['search'], 'mean' | 'deviation'>;

const noSpread: Spread = { mean: 0, deviation: 0 };

async function transaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => (isBroken = true));
    throw thrown;
  } finally {
    client.release(isBroken);
  }
}

async function rows<Row extends object>(
  client: PoolClient,
  statement: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const result = await client.query<Row & QueryResultRow>(statement, [...parameters]);
  return result.rows;
}
