/** The Playwright test with what the connection doctor is tried on: programs, relays, browsers with flags, real servers. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { chromiumFlags, findChromium } from '../support/find-chromium.mjs';
import { startRelay, type StartedRelay } from '../support/start-relay';
import { noServers, test as base } from './app';
import { DoctorPage } from './doctor-page';

/** The words before a finding. */
export const known = /^This is it/;
export const mostLikely = /^Most likely/;
export const oneOf = /^One of these/;
export const well = /^Checked/;

export interface DoctorFixtures {
  readonly doctor: DoctorPage;
  /** A program on a free port, ended with the test. */
  readonly program: (listener: RequestListener, tls?: boolean) => Promise<string>;
  /** A relay with these variables, ended with the test. */
  readonly relay: (variables?: Readonly<Record<string, string>>) => Promise<StartedRelay>;
  /** A page in a browser with these flags, which trusts every certificate. */
  readonly browserWith: (flags: readonly string[]) => Promise<Page>;
}

const certificate = {
  key: readFileSync(new URL('../fixtures/self-signed/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../fixtures/self-signed/certificate.pem', import.meta.url)),
};

export const test = base.extend<DoctorFixtures>({
  doctor: async ({ page, baseURL }, use) => {
    const doctor = new DoctorPage(page);
    await doctor.openSettings(baseURL ?? '');
    await use(doctor);
  },
  program: async ({ browserName: _ }, use) => {
    const running: Server[] = [];
    await use(async (listener, tls = false) => {
      const server = tls ? createTlsServer(certificate, listener) : createServer(listener);
      running.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    for (const server of running) {
      server.closeAllConnections();
      server.close();
    }
  },
  relay: async ({ browserName: _ }, use) => {
    const running: StartedRelay[] = [];
    await use(async (variables = {}) => {
      const relay = await startRelay({ ...noServers, ...variables });
      running.push(relay);
      return relay;
    });
    for (const relay of running) await relay.stop();
  },
  browserWith: async ({ playwright }, use) => {
    const running: Browser[] = [];
    await use(async (flags) => {
      const browser = await playwright.chromium.launch({
        executablePath: findChromium(),
        args: [...chromiumFlags, ...flags],
      });
      running.push(browser);
      return (await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-US' })).newPage();
    });
    for (const browser of running) await browser.close();
  },
});

export function portOf(url: string): string {
  return new URL(url).port;
}

export { expect } from './app';
