/** The shape of the configuration file: checked at the start, and published as a JSON schema for editors. */
import * as v from 'valibot';
import { serverKinds } from '../../src/core/connection';
import { databaseLanguages } from './settings';
import { isHttpUrl, isServerUrl } from './server-url';

/** Names of upstreams stand in addresses, those of tokens in cookies. */
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,63}$/;
const name = v.pipe(
  v.string('must be a text'),
  v.regex(namePattern, 'must start with a letter or digit and consist of letters, digits, - and _'),
);
const variable = v.pipe(v.string('must be a text'), v.nonEmpty('must name an environment variable'));

function label(whenAbsent: string) {
  return v.pipe(
    v.string('must be a text'),
    v.trim(),
    v.nonEmpty('must not be empty'),
    v.description(`Its name on the screen; ${whenAbsent}`),
  );
}

const upstream = v.strictObject({
  id: v.pipe(
    name,
    v.check(
      (id) => !['local', 'wllama', 'webllm', 'transformers'].includes(id),
      'is taken by an engine of the page',
    ),
    v.description('Part of the address /relay/<id>/…; letters, digits, - and _.'),
  ),
  kind: v.pipe(
    v.picklist(serverKinds, `must be one of ${serverKinds.join(', ')}`),
    v.description('The protocol and the paths that are passed on.'),
  ),
  label: v.optional(label('absent for the usual name of its kind.')),
  baseUrl: v.pipe(
    v.string('must be a text'),
    v.check(isServerUrl, 'must be an http or https URL without query, such as http://localhost:11434'),
    v.description('Absolute http or https URL, with or without /v1.'),
  ),
  apiKeyEnv: v.optional(
    v.pipe(variable, v.description('The environment variable that holds the key of this server.')),
  ),
});

const search = v.strictObject({
  id: v.pipe(name, v.description('Part of the address /api/searches/<id>; letters, digits, - and _.')),
  label: v.optional(label('absent for its id.')),
  url: v.pipe(
    v.string('must be a text'),
    v.check(isHttpUrl, 'must be an http or https URL without a password'),
    v.description(
      'The one address that is asked, absolute, with or without a query. Questions are added to it as parameters, or sent as JSON.',
    ),
  ),
  apiKeyEnv: v.optional(
    v.pipe(variable, v.description('The environment variable that holds the key, sent as Bearer.')),
  ),
});

const atLeastOne = 'must be a whole number from 1 on';
const limit = v.pipe(v.number(atLeastOne), v.integer(atLeastOne), v.minValue(1, atLeastOne));

const database = v.strictObject({
  id: v.pipe(name, v.description('Part of the address /api/databases/<id>/…; letters, digits, - and _.')),
  label: v.optional(label('absent for its id.')),
  urlEnv: v.pipe(
    variable,
    v.description('The environment variable that holds postgres://user:password@host:port/database.'),
  ),
  table: v.pipe(
    v.string('must be a text'),
    v.regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits and _, at most 40'),
    v.description(
      'Names its two tables, <table>_documents and <table>_passages; they are made when missing.',
    ),
  ),
  dimensions: v.pipe(
    limit,
    v.maxValue(2000, 'must be 2000 at most'),
    v.description('Length of a vector, that of the embedding model of the collection; at most 2000.'),
  ),
  language: v.optional(
    v.pipe(
      v.picklist(databaseLanguages, `must be one of ${databaseLanguages.join(', ')}`),
      v.description('By which forms of words are found; absent for english.'),
    ),
  ),
  allowsChanges: v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('Pages may put documents into it. Absent: they only search.'),
    ),
  ),
});

const token = v.strictObject({
  name: v.pipe(name, v.description('Who uses it: shown in the page, in the log and nowhere else.')),
  tokenEnv: v.pipe(variable, v.description('The environment variable that holds the token itself.')),
  requestsPerMinute: v.optional(
    v.pipe(
      limit,
      v.description('Forwarded requests per minute; after a pause as many at once. Absent: no limit.'),
    ),
  ),
  concurrent: v.optional(
    v.pipe(limit, v.description('Forwarded requests that may run at the same time. Absent: no limit.')),
  ),
});

export const configSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(
      v.pipe(v.string('must be a text'), v.description('The address of this schema, for editors.')),
    ),
    upstreams: v.optional(
      v.pipe(
        v.array(upstream, 'must be a list of upstreams'),
        v.description('The servers behind the relay. Absent: those of the …_BASE_URL variables.'),
      ),
    ),
    searches: v.optional(
      v.pipe(
        v.array(search, 'must be a list of searches'),
        v.description('Searches elsewhere that a collection of documents may ask.'),
      ),
    ),
    databases: v.optional(
      v.pipe(
        v.array(database, 'must be a list of databases'),
        v.description(
          'Tables of passages in PostgreSQL with pgvector that a collection of documents may use.',
        ),
      ),
    ),
    tokens: v.optional(
      v.pipe(
        v.array(token, 'must be a list of tokens'),
        v.description('Access tokens besides RELAY_TOKEN. Their values stand in the environment only.'),
      ),
    ),
  }),
  v.title('Configuration of Switchyard’s relay'),
  v.description('The file that the variable SWITCHYARD_CONFIG names.'),
);

export type ConfigFile = v.InferOutput<typeof configSchema>;

const keysOfList: Readonly<Record<string, readonly string[]>> = {
  upstreams: Object.keys(upstream.entries),
  searches: Object.keys(search.entries),
  databases: Object.keys(database.entries),
  tokens: Object.keys(token.entries),
};

/** The keys that the object at this place of the file may have. */
export function knownKeysAt([list, position]: readonly (string | number)[]): readonly string[] {
  if (typeof list === 'string' && position !== undefined) return keysOfList[list] ?? [];
  return Object.keys(configSchema.entries);
}
