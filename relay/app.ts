/** Puts the relay together: which route is answered by what, after which checks. */
import { type Context, Hono } from 'hono';
import { Access } from './access/access';
import { callerHeaders, type RelayEnvironment } from './access/caller-headers';
import { type RelayConfig, type RelayHealth, relayPaths } from './contract';
import { createForward, preflightResponse } from './forward/forward';
import { serveModel } from './serve/model-files';
import { ModelsFolder } from './serve/models-folder';
import { PageFiles } from './serve/page-files';
import { errorResponse, type RelayError } from './replies/relay-error';
import { dataHeaders, type HeaderPair, pageHeaders, scriptHeaders } from './replies/security-headers';
import type { RelaySettings } from './settings/settings';
import { StatusMonitor } from './status/status-monitor';
import type { Upstreams } from './upstreams/upstream';

type RelayApp = Hono<RelayEnvironment>;
type RelayContext = Context<RelayEnvironment>;

interface RouteRules {
  readonly methods: readonly string[];
  /** The page itself opens without a token, so that it can ask for it; a cookie does not get a new cookie. */
  readonly needs: 'nothing' | 'token-or-cookie' | 'token';
  readonly headers: readonly HeaderPair[];
}

const openPage: RouteRules = { methods: ['GET', 'HEAD'], needs: 'nothing', headers: pageHeaders };
const openScript: RouteRules = { ...openPage, headers: scriptHeaders };
const openData: RouteRules = { methods: ['GET', 'HEAD'], needs: 'nothing', headers: dataHeaders };
const data: RouteRules = { ...openData, needs: 'token-or-cookie' };
const signIn: RouteRules = { ...openData, methods: ['POST'], needs: 'token' };

/** The upstreams stay the caller's: whoever opened them closes them. */
export function createRelay(settings: RelaySettings, upstreams: Upstreams): RelayApp {
  const access = new Access(settings);
  const monitor = new StatusMonitor(upstreams);
  const page = new PageFiles(settings.pageDirectory);
  const models = new ModelsFolder(settings.modelsDirectory);
  const { version } = settings;

  /** Runs the checks, then the handler, then adds the headers that every reply carries. */
  const guarded =
    (rules: RouteRules, handle: (c: RelayContext) => Promise<Response> | Response) =>
    async (c: RelayContext): Promise<Response> => {
      const headers = callerHeaders(c);
      const cors = access.corsHeaders(headers);
      const foreign = access.refusal(headers, rules.headers === dataHeaders);
      if (foreign) return errorResponse(foreign, cors);
      if (c.req.method === 'OPTIONS') return preflightResponse(cors);
      if (!rules.methods.includes(c.req.method)) return errorResponse(wrongMethod(rules), cors);
      const unauthorized = rules.needs === 'nothing' ? undefined : access.tokenRefusal(headers, rules.needs);
      if (unauthorized) return errorResponse(unauthorized, cors);
      const response = await handle(c);
      for (const [name, value] of rules.headers) response.headers.set(name, value);
      for (const [name, value] of cors) response.headers.append(name, value);
      return response;
    };

  const app: RelayApp = new Hono();
  app.all(`${relayPaths.forward}/*`, createForward(settings, access, upstreams));
  app.all(
    relayPaths.health,
    guarded(openData, () => json({ status: 'ok', version } satisfies RelayHealth)),
  );
  app.all(
    relayPaths.config,
    guarded(data, async () => json(await describe(settings, monitor, models))),
  );
  app.all(
    relayPaths.status,
    guarded(data, async () => json(await monitor.status())),
  );
  app.all(
    relayPaths.session,
    guarded(signIn, (c) => {
      const isSecure = callerHeaders(c).origin?.startsWith('https:') ?? false;
      const headers = { 'set-cookie': access.session.newCookie(isSecure), 'cache-control': 'no-store' };
      return new Response(null, { status: 204, headers });
    }),
  );
  app.all(
    `${relayPaths.models}/*`,
    guarded(data, async (c) => {
      const path = new URL(c.req.url).pathname.slice(relayPaths.models.length + 1);
      const served = await serveModel(settings.modelsDirectory, path, c);
      return served ?? errorResponse(noSuchPath, []);
    }),
  );
  // Not a route: a pattern that fits every path would also fit /relay and cost each chat a chain of handlers.
  const servePage = async (c: RelayContext): Promise<Response> => {
    const served = await page.serve(c.req.path, c);
    if (served) return served;
    return errorResponse(c.req.path === '/' && !page.isBuilt ? notBuilt : noSuchPath, []);
  };
  const asScript = guarded(openScript, servePage);
  const asPage = guarded(openPage, servePage);
  app.notFound((c) => (c.req.path.endsWith('.js') ? asScript(c) : asPage(c)));
  app.onError((error, c) => {
    // The stack says where; what was asked may be private and is not written down.
    console.error(error.stack ?? error.message);
    return errorResponse(ownFault, access.corsHeaders(callerHeaders(c)));
  });
  return app;
}

async function describe(
  settings: RelaySettings,
  monitor: StatusMonitor,
  models: ModelsFolder,
): Promise<RelayConfig> {
  const [upstreams, localModels] = await Promise.all([monitor.summaries(), models.list()]);
  const { backendType, defaultModel, modelMirror, version } = settings;
  return {
    backendType,
    ...(defaultModel === undefined ? {} : { defaultModel }),
    upstreams,
    localModels,
    ...(modelMirror === undefined ? {} : { modelMirror }),
    version,
  };
}

function json(body: unknown): Response {
  return Response.json(body, { headers: { 'cache-control': 'no-store' } });
}

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
