/** The service worker's entry, which the build writes to `/service-worker.js`. */
import type { OfflineBuild } from './offline-build';
import { serveOffline } from './worker/serve-offline';
import { isServiceWorkerScope } from './worker/service-worker-scope';

/** Put in by the build when it has written all other files. */
declare const offlineBuild: OfflineBuild;

const scope: unknown = self;
if (isServiceWorkerScope(scope)) serveOffline(scope, offlineBuild);
