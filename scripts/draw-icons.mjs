/** Draws the icons of the installed app from public/favicon.svg. Run it after a change of that file. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { root } from './shared/root.mjs';

const background = '#0b6e5a';
/** Systems cut a maskable icon to a shape of their own; the middle four fifths are always seen. */
const icons = [
  { name: 'icon-192', size: 192, isWhole: false },
  { name: 'icon-512', size: 512, isWhole: false },
  { name: 'maskable-192', size: 192, isWhole: true },
  { name: 'maskable-512', size: 512, isWhole: true },
  { name: 'apple-touch-icon', size: 180, isWhole: true },
];

const drawing = await readFile(join(root, 'public', 'favicon.svg'), 'utf8');
const folder = join(root, 'public', 'icons');
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
try {
  const page = await browser.newPage();
  for (const { name, size, isWhole } of icons) {
    const inner = isWhole ? Math.round(size * 0.8) : size;
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>
        body { margin: 0; height: 100vh; display: grid; place-items: center; ${isWhole ? `background: ${background}` : ''} }
        svg { width: ${inner}px; height: ${inner}px }
      </style>${drawing}`,
    );
    await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: !isWhole });
  }
} finally {
  await browser.close();
}
