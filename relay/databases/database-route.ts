/** The route `/api/databases/<id>/<work>`: checks what is asked, and says in words what a database cannot do. */
import type { Context } from 'hono';
import * as v from 'valibot';
import type { Caller } from '../access/caller';
import type { RelayEnvironment } from '../access/caller-headers';
import { type DatabaseWork, databaseWorks } from '../contract';
import { limitedBody, tooLarge } from '../replies/limited-body';
import { errorResponse, type RelayError } from '../replies/relay-error';
import type { RelaySettings } from '../settings/settings';
import { failureCode } from '../upstreams/describe-failure';
import { DatabaseRefusal } from './database-refusal';
import { requestSchemas } from './database-requests';
import type { PassageDatabase, PassageDatabases } from './passage-database';

type Route = (c: Context<RelayEnvironment>, caller: Caller | undefined) => Promise<Response>;

export function createDatabaseRoute(
  databases: PassageDatabases,
  { bodyLimitBytes }: Pick<RelaySettings, 'bodyLimitBytes'>,
): Route {
  return async (c, caller) => {
    const database = databases.get(c.req.param('id') ?? '');
    const work = databaseWorks.find((one) => one === c.req.param('work'));
    if (!database || !work) return errorResponse(unknown, []);
    const limited = caller?.admit(c.env.outgoing);
    if (limited) return errorResponse(limited, []);
    const body = await limitedBody(c.req.raw, bodyLimitBytes);
    if (body === 'too-large') return errorResponse(tooLarge(bodyLimitBytes), []);
    try {
      const reply = await perform(database, work, parse(body.toString('utf8')));
      return Response.json(reply, { headers: { 'cache-control': 'no-store' } });
    } catch (thrown) {
      return errorResponse(describe(thrown, database.settings.label), []);
    }
  };
}

function perform(database: PassageDatabase, work: DatabaseWork, json: unknown): Promise<object> {
  switch (work) {
    case 'kept':
      return database.kept(checked(requestSchemas.kept, json));
    case 'search':
      return database.search(checked(requestSchemas.search, json));
    case 'read':
      return database.read(checked(requestSchemas.read, json));
    case 'put':
      return database.put(checked(requestSchemas.put, json));
    case 'vectors':
      return database.vectors(checked(requestSchemas.vectors, json));
    case 'remove':
      return database.remove(checked(requestSchemas.remove, json));
    case 'drop':
      return database.drop(checked(requestSchemas.drop, json));
  }
}

function checked<Request>(schema: v.GenericSchema<unknown, Request>, json: unknown): Request {
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return parsed.output;
  const place = v.getDotPath(parsed.issues[0]) ?? 'it';
  throw new DatabaseRefusal(`The request is not as the relay expects it: see ${place}.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The database's own words may hold addresses and contents, and stay out. */
function describe(thrown: unknown, label: string): RelayError {
  if (thrown instanceof DatabaseRefusal) {
    return { status: 400, code: 'bad-request', message: thrown.message };
  }
  const code = failureCode(thrown);
  if (/^28/.test(code)) {
    const message = `${label} refuses the user or the password of the relay (${code}).`;
    return { status: 502, code: 'unauthorized', message };
  }
  if (code === '57014') {
    return { status: 504, code: 'timeout', message: `${label} took too long.` };
  }
  // Five characters are a state of SQL: the database answered.
  if (/^[0-9A-Z]{5}$/.test(code)) {
    const message = `${label} could not do it (SQLSTATE ${code}). Its log says why.`;
    return { status: 502, code: 'server-failed', message };
  }
  const message = `${label} does not answer (${code}). Is it running, and is its address right?`;
  return { status: 502, code: 'unreachable', message };
}

const unknown: RelayError = {
  status: 404,
  code: 'bad-request',
  message: 'The relay knows no database by this name, or not this work. GET /api/config lists the databases.',
};
