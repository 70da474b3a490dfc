/** Finds a Chromium to test with: environment, usual places, else the one Playwright may have downloaded. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** @returns {string | undefined} the path of an executable, or undefined when there is none */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  return [...usualPlaces, chromium.executablePath()].find((path) => existsSync(path));
}

/** Flags for a headless browser that keeps to itself; root may not use the sandbox. */
export const chromiumFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
