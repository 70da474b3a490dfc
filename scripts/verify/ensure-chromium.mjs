/** Makes sure that there is a Chromium to test with. */
import { join } from 'node:path';
import { root } from '../shared/root.mjs';
import { run } from '../shared/run.mjs';
import { say } from '../shared/say.mjs';

const timeoutMs = 10 * 60_000;

/** @returns {Promise<boolean>} false when none could be had; what to do was then said */
export async function ensureChromium() {
  // Only now: this script starts before the packages need to be there.
  const { findChromium } = await import('../../tests/support/find-chromium.mjs');
  if (findChromium()) return true;
  say('There is no Chromium here; Playwright downloads one …');
  const playwright = join(root, 'node_modules', 'playwright', 'cli.js');
  await run(process.execPath, [playwright, 'install', 'chromium'], { timeoutMs });
  if (findChromium()) return true;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    say('That did not work. Installing the one of this system …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env, timeoutMs });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env, timeoutMs });
    if (findChromium()) return true;
  }
  say('No Chromium could be had. Install Chromium or Chrome, or set CHROMIUM_PATH to an executable.');
  return false;
}
