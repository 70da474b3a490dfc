/** Puts the relay together: which route is answered by what, after which checks. */
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { Access, noToken } from './access/access';
import type { Caller } from './access/caller';
import { callerHeaders, type RelayEnvironment } from './access/caller-headers';
import { createAnswerRoutes } from './answers/answer-routes';
import { Answers } from './answers/answers';
import { type DatabaseSummary, type RelayConfig, type RelayHealth, relayPaths } from './contract';
import { createDatabaseRoute } from './databases/database-route';
import type { PassageDatabases } from './databases/passage-database';
import { createForward } from './forward/forward';
import type { Log } from './observe/log';
import { Metrics } from './observe/metrics';
import { Observer } from './observe/observer';
import { serveModel } from './serve/model-files';
import { ModelsFolder } from './serve/models-folder';
import { PageFiles } from './serve/page-files';
import { preflightResponse } from './replies/preflight';
import { errorResponse, type RelayError, writeError } from './replies/relay-error';
import {
  dataHeaders,
  type HeaderPair,
  pageHeaders,
  reachWorkerHeaders,
  sandboxHeaders,
  scriptHeaders,
} from './replies/security-headers';
import type { RunningRequests } from './listen/running-requests';
import type { DatabaseSettings, RelaySettings } from './settings/settings';
import { createSearchRoute } from './searches/search-route';
import { StatusMonitor } from './status/status-monitor';
import type { Upstreams } from './upstreams/upstream';

type RelayContext = Context<RelayEnvironment>;

interface RouteRules {
  readonly methods: readonly string[];
  /** The page itself opens without a token, so that it can ask for it; a cookie does not get a new cookie. */
  readonly needs: 'nothing' | 'token-or-cookie' | 'token';
  readonly headers: readonly HeaderPair[];
}

const openPage: RouteRules = { methods: ['GET', 'HEAD'], needs: 'nothing', headers: pageHeaders };
const openScript: RouteRules = { ...openPage, headers: scriptHeaders };
const openReachWorker: RouteRules = { ...openPage, headers: reachWorkerHeaders };
const reachWorkerPath = /^\/assets\/reach\.worker-[\w-]+\.js$/;
const openSandbox: RouteRules = { ...openPage, headers: sandboxHeaders };
const openData: RouteRules = { methods: ['GET', 'HEAD'], needs: 'nothing', headers: dataHeaders };
const data: RouteRules = { ...openData, needs: 'token-or-cookie' };
const channel: RouteRules = { ...data, methods: ['GET'] };
const keptAnswer: RouteRules = { ...data, methods: ['POST', 'DELETE'] };
const change: RouteRules = { ...data, methods: ['POST'] };
const ask: RouteRules = { ...data, methods: ['GET', 'POST'] };
const signIn: RouteRules = { ...openData, methods: ['POST', 'DELETE'], needs: 'token' };
/** Whoever has a cookie, also of a token that counts no more, may have it forgotten. */
const signOut: RouteRules = { ...signIn, needs: 'nothing' };

/** The upstreams stay the caller's: whoever opened them closes them. */
export function createRelay(
  settings: RelaySettings,
  upstreams: Upstreams,
  log: Log,
  running: RunningRequests,
  databases: PassageDatabases,
): RequestListener {
  const access = new Access(settings);
  const metrics = settings.hasMetrics ? new Metrics(settings.version, upstreams.keys()) : undefined;
  const monitor = new StatusMonitor(upstreams);
  const page = new PageFiles(settings.pageDirectory);
  const models = new ModelsFolder(settings.modelsDirectory);
  const answers = new Answers(settings);
  const answerRoutes = createAnswerRoutes(access, answers);
  const askSearch = createSearchRoute(settings);
  const askDatabase = createDatabaseRoute(databases, settings);
  const { version } = settings;

  /** Runs the checks, then the handler, then adds the headers that every reply carries. */
  const guarded =
    (
      rules: RouteRules,
      handle: (c: RelayContext, caller: Caller | undefined) => Promise<Response> | Response,
    ) =>
    async (c: RelayContext): Promise<Response> => {
      const headers = callerHeaders(c);
      const cors = access.corsHeaders(headers);
      const foreign = access.refusal(headers, rules.headers === dataHeaders);
      if (foreign) return errorResponse(foreign, cors);
      if (c.req.method === 'OPTIONS') return preflightResponse(cors);
      if (!rules.methods.includes(c.req.method)) return errorResponse(wrongMethod(rules), cors);
      const caller = rules.needs === 'nothing' ? undefined : access.callerOf(headers, rules.needs);
      if (rules.needs !== 'nothing' && !caller) return errorResponse(noToken, cors);
      const response = await handle(c, caller);
      if (response === RESPONSE_ALREADY_SENT) return response;
      for (const [name, value] of rules.headers) response.headers.set(name, value);
      for (const [name, value] of cors) response.headers.append(name, value);
      return response;
    };

  const app = new Hono<RelayEnvironment>();
  if (settings.hasLanes) {
    app.all(
      relayPaths.answers,
      guarded(channel, (c, caller) => answerRoutes.open(c, nameOf(caller))),
    );
    app.all(
      `${relayPaths.answers}/:id`,
      guarded(keptAnswer, (c, caller) => answerRoutes.change(c, nameOf(caller))),
    );
  }
  app.all(
    `${relayPaths.searches}/:id`,
    guarded(ask, (c, caller) => askSearch(c, caller)),
  );
  app.all(
    `${relayPaths.databases}/:id/:work`,
    guarded(change, (c, caller) => askDatabase(c, caller)),
  );
  app.all(
    relayPaths.health,
    guarded(openData, () => json({ status: 'ok', version } satisfies RelayHealth)),
  );
  app.all(
    relayPaths.config,
    guarded(data, async (_c, caller) => {
      const config = await describe(settings, monitor, models);
      return json(caller && settings.tokens.length > 0 ? { ...config, signedInAs: caller.name } : config);
    }),
  );
  app.all(
    relayPaths.status,
    guarded(data, async () => json(await monitor.status())),
  );
  const cookieReply = (cookie: string | undefined): Response =>
    new Response(null, {
      status: 204,
      headers: { 'cache-control': 'no-store', ...(cookie === undefined ? {} : { 'set-cookie': cookie }) },
    });
  const openSession = guarded(signIn, (c, caller) =>
    cookieReply(caller && access.session.newCookie(caller, access.isSecure(callerHeaders(c)))),
  );
  const endSession = guarded(signOut, (c) =>
    cookieReply(access.session.endedCookie(access.isSecure(callerHeaders(c)))),
  );
  app.all(relayPaths.session, (c) => (c.req.method === 'DELETE' ? endSession(c) : openSession(c)));
  if (metrics) {
    app.all(
      relayPaths.metrics,
      guarded(data, () => new Response(metrics.text(), { headers: metricsHeaders })),
    );
  }
  app.all(
    `${relayPaths.models}/*`,
    guarded(data, async (c) => {
      const path = new URL(c.req.url).pathname.slice(relayPaths.models.length + 1);
      const served = await serveModel(settings.modelsDirectory, path, c);
      return served ?? errorResponse(noSuchPath, []);
    }),
  );
  const servePage = async (c: RelayContext): Promise<Response> => {
    const served = await page.serve(c.req.path, c);
    if (served) return served;
    return errorResponse(c.req.path === '/' && !page.isBuilt ? notBuilt : noSuchPath, []);
  };
  const asScript = guarded(openScript, servePage);
  const asPage = guarded(openPage, servePage);
  const asReachWorker = guarded(openReachWorker, servePage);
  app.all('/sandbox.html', guarded(openSandbox, servePage));
  app.notFound((c) => {
    if (reachWorkerPath.test(c.req.path)) return asReachWorker(c);
    return c.req.path.endsWith('.js') ? asScript(c) : asPage(c);
  });
  const logFault = (thrown: unknown): void => {
    // The stack says where; what was asked may be private and is not written down.
    const stack = thrown instanceof Error ? thrown.stack : String(thrown);
    log.error({ stack }, 'The relay failed in a way it should not.');
  };
  app.onError((error, c) => {
    logFault(error);
    return errorResponse(ownFault, access.corsHeaders(callerHeaders(c)));
  });

  const forward = createForward(settings, access, upstreams, new Observer(log, metrics), answers, running);
  // The global Request and Response of a program that embeds the relay stay what they were.
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  return (incoming, outgoing) => {
    try {
      if (forward(incoming, outgoing)) return;
    } catch (thrown) {
      logFault(thrown);
      writeError(outgoing, ownFault, access.corsHeaders(incoming.headers));
      return;
    }
    void answer(incoming, outgoing);
  };
}

async function describe(
  settings: RelaySettings,
  monitor: StatusMonitor,
  models: ModelsFolder,
): Promise<RelayConfig> {
  const [upstreams, localModels] = await Promise.all([monitor.summaries(), models.list()]);
  const { backendType, defaultModel, searches, databases, modelMirror, allowsModelChanges, version } =
    settings;
  return {
    backendType,
    ...(defaultModel === undefined ? {} : { defaultModel }),
    upstreams,
    localModels,
    ...(searches.length > 0 && { searches: searches.map(({ id, label }) => ({ id, label })) }),
    ...(databases.length > 0 && { databases: databases.map(databaseSummary) }),
    ...(modelMirror === undefined ? {} : { modelMirror }),
    ...(allowsModelChanges && { allowsModelChanges }),
    version,
  };
}

function databaseSummary({ id, label, dimensions, allowsChanges }: DatabaseSettings): DatabaseSummary {
  return { id, label, dimensions, allowsChanges };
}

/** Answers are there for the caller who began them. */
function nameOf(caller: Caller | undefined): string {
  return caller?.name ?? '';
}

function json(body: unknown): Response {
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}

/** Version 0.0.4 is the text form that every Prometheus reads. */
const metricsHeaders = { 'content-type': 'text/plain; version=0.0.4', 'cache-control': 'no-store' };

function wrongMethod({ methods }: RouteRules): RelayError {
  return { status: 405, code: 'bad-request', message: `This address takes ${methods.join(' and ')} only.` };
}

const noSuchPath: RelayError = {
  status: 404,
  code: 'bad-request',
  message: 'There is nothing at this address.',
};
const notBuilt: RelayError = {
  status: 503,
  code: 'internal',
  message: 'The page has not been built yet. Run "npm run build", or "npm start", which does it.',
};
const ownFault: RelayError = {
  status: 500,
  code: 'internal',
  message: 'The relay failed in a way it should not. Its log on the terminal says where.',
};
