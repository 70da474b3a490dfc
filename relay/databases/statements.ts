/**
 * What is said to PostgreSQL. Names of tables, the language and the length of vectors come from the checked
 * configuration; all else is a parameter. Nothing of these texts comes from a page.
 */
import type { DatabaseSettings } from '../settings/settings';

export type Statements = ReturnType<typeof statementsFor>;

export function statementsFor({
  table,
  language,
  dimensions,
}: Pick<DatabaseSettings, 'table' | 'language' | 'dimensions'>) {
  const documents = `${table}_documents`;
  const passages = `${table}_passages`;
  /** Parameters $4 to $6. */
  const isWanted =
    '($4::text[] IS NULL OR d.id = ANY ($4)) AND ($5::float8 IS NULL OR d.changed_at >= $5) AND ($6::float8 IS NULL OR d.changed_at <= $6)';
  return {
    prepare: [
      'CREATE EXTENSION IF NOT EXISTS vector',
      `CREATE TABLE IF NOT EXISTS ${documents} (
        id text PRIMARY KEY, owner text NOT NULL, name text NOT NULL, changed_at float8 NOT NULL,
        content text NOT NULL, model text NOT NULL, chunks integer NOT NULL)`,
      `CREATE INDEX IF NOT EXISTS ${documents}_owner ON ${documents} (owner)`,
      `CREATE TABLE IF NOT EXISTS ${passages} (
        document_id text NOT NULL REFERENCES ${documents} ON DELETE CASCADE, chunk integer NOT NULL,
        starts integer NOT NULL, ends integer NOT NULL, page integer, headings jsonb NOT NULL, body text NOT NULL,
        words tsvector NOT NULL, embedding vector(${dimensions}), PRIMARY KEY (document_id, chunk))`,
      `CREATE INDEX IF NOT EXISTS ${passages}_words ON ${passages} USING gin (words)`,
      `CREATE INDEX IF NOT EXISTS ${passages}_meaning ON ${passages} USING hnsw (embedding vector_cosine_ops)`,
    ],
    /** The extension before 0.8 leaves out what a filter passes over. */
    version: "SELECT extversion AS version FROM pg_extension WHERE extname = 'vector'",
    kept: `SELECT id AS "documentId", content, model, chunks FROM ${documents} WHERE owner = $1`,
    owner: `SELECT owner FROM ${documents} WHERE id = $1 FOR UPDATE`,
    removeDocument: `DELETE FROM ${documents} WHERE id = $1 AND owner = $2`,
    drop: `DELETE FROM ${documents} WHERE owner = $1`,
    addDocument: `INSERT INTO ${documents} (id, owner, name, changed_at, content, model, chunks)
      VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    addPassages: `INSERT INTO ${passages} (document_id, chunk, starts, ends, page, headings, body, words, embedding)
      SELECT $1, chunk, starts, ends, page, headings, body,
        to_tsvector('${language}', headings::text || ' ' || body), embedding::text::vector
      FROM jsonb_to_recordset($2::jsonb)
        AS p (chunk integer, starts integer, ends integer, page integer, headings jsonb, body text, embedding jsonb)`,
    setModel: `UPDATE ${documents} SET model = $3 WHERE id = $1 AND owner = $2 AND chunks = $4`,
    setVectors: `UPDATE ${passages} AS p SET embedding = v.embedding::text::vector
      FROM jsonb_to_recordset($2::jsonb) AS v (chunk integer, embedding jsonb)
      WHERE p.document_id = $1 AND p.chunk = v.chunk`,
    /** Approximate, for sampling. */
    size: `SELECT greatest(reltuples, 1)::float8 AS size FROM pg_class WHERE oid = '${passages}'::regclass`,
    /** $1 vector, $2 model, $3 percentage of the pages. */
    spread: `SELECT coalesce(avg(cosine), 0)::float8 AS mean, coalesce(stddev_pop(cosine), 0)::float8 AS deviation
      FROM (SELECT 1 - (p.embedding <=> $1::text::vector) AS cosine
        FROM ${passages} AS p TABLESAMPLE SYSTEM ($3::float4) JOIN ${documents} AS d ON d.id = p.document_id
        WHERE d.model = $2 AND p.embedding IS NOT NULL) AS sample`,
    /**
     * $1 text, $2 vector or null, $3 model, $4 to $6 the filter, $7 depth. Words are weighed by how rare they are
     * (Robertson and Spärck Jones), which the ranking of PostgreSQL alone does not do.
     */
    search: `WITH asked AS MATERIALIZED (
        SELECT quote_literal(lexeme)::tsquery AS term FROM unnest(to_tsvector('${language}', $1))),
      total AS MATERIALIZED (SELECT count(*)::float8 AS n FROM ${passages}),
      terms AS MATERIALIZED (
        SELECT term, ln(1 + (n - df + 0.5) / (df + 0.5)) AS weight
        FROM asked CROSS JOIN total
        CROSS JOIN LATERAL (SELECT count(*)::float8 AS df FROM ${passages} WHERE words @@ term) AS found),
      by_words AS MATERIALIZED (
        SELECT p.document_id, p.chunk, sum(t.weight * ts_rank(p.words, t.term)) AS score
        FROM terms AS t JOIN ${passages} AS p ON p.words @@ t.term JOIN ${documents} AS d ON d.id = p.document_id
        WHERE ${isWanted} GROUP BY p.document_id, p.chunk ORDER BY score DESC LIMIT $7),
      by_meaning AS MATERIALIZED (
        SELECT p.document_id, p.chunk FROM ${passages} AS p JOIN ${documents} AS d ON d.id = p.document_id
        WHERE $2::text IS NOT NULL AND p.embedding IS NOT NULL AND d.model = $3 AND ${isWanted}
        ORDER BY p.embedding <=> $2::text::vector LIMIT $7)
      SELECT p.document_id AS "documentId", p.chunk, d.chunks, w.score::float8 AS keyword,
        CASE WHEN d.model = $3 THEN (1 - (p.embedding <=> $2::text::vector))::float8 END AS dense
      FROM (SELECT document_id, chunk FROM by_words UNION SELECT document_id, chunk FROM by_meaning) AS c
      JOIN ${passages} AS p USING (document_id, chunk)
      JOIN ${documents} AS d ON d.id = p.document_id
      LEFT JOIN by_words AS w USING (document_id, chunk)`,
    read: `SELECT p.document_id AS "documentId", d.owner, d.name, p.chunk, p.starts AS start, p.ends AS end, p.page,
        p.headings, p.body AS text
      FROM jsonb_to_recordset($1::jsonb) AS r ("documentId" text, first integer, last integer)
      JOIN ${passages} AS p ON p.document_id = r."documentId" AND p.chunk BETWEEN r.first AND r.last
      JOIN ${documents} AS d ON d.id = p.document_id
      GROUP BY p.document_id, d.owner, d.name, p.chunk ORDER BY p.document_id, p.chunk`,
  } as const;
}
