/** The connection doctor by keyboard alone, for screen readers, on wide and narrow screens, light and dark. */
import { AxeBuilder } from '@axe-core/playwright';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { readRecording } from '../contract/support/recording';
import { expect, known, mostLikely, oneOf, test, well } from './doctor';
import { DoctorPage } from './doctor-page';
import { replays } from './doctor-programs';

const asVllm = { '/v1/models': 'vllm/models', '/version': 'vllm/version' };

const looks = [
  { name: 'desktop light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'desktop dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'phone dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const;

for (const { name, viewport, colorScheme } of looks) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('every family of findings is without violation and fits', async ({ page, program, relay }) => {
      test.slow();
      const doctor = new DoctorPage(page);
      const scan = async (finding: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
        );
        expect(found, finding).toEqual([]);
        const overflow = await doctor.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
        expect(overflow, `${finding} fits`).toBeLessThanOrEqual(0);
        const look = name.replace(' ', '-');
        await page.screenshot({ path: test.info().outputPath(`${finding}-${look}.png`) });
        await doctor.close();
      };
      const open = async (label: string, address: string, kind: string): Promise<void> => {
        await doctor.addServer(address, kind, label);
        await doctor.openFor(label);
      };
      const vllm = await program(replays(asVllm));
      const keyed = await program(replays(asVllm, { key: 'right', refusal: 'vllm/auth-missing-models' }));
      const hidden = await program((_, response) => void response.end('hello'));
      const { url } = await relay({ VLLM_BASE_URL: hidden });
      await doctor.openSettings(url);

      await doctor.openFor('vLLM');
      await doctor.finds(oneOf, 'wrong-path', 'not-a-model-server');
      await scan('not-a-model-server');
      await open('No. 1', `http://127.0.0.1:${await freePort()}`, 'ollama');
      await doctor.finds(mostLikely, 'server-down');
      await scan('server-down');
      await open('No. 2', keyed, 'vllm');
      await doctor.finds(mostLikely, 'key-missing');
      await scan('key-missing');
      await open('No. 3', vllm, 'ollama');
      await doctor.finds(known, 'wrong-kind');
      await scan('wrong-kind');
      await open('No. 4', `${vllm}/chat`, 'vllm');
      await doctor.finds(known, 'wrong-path');
      await scan('wrong-path');
      await open('No. 5', vllm, 'vllm');
      await doctor.finds(well, 'works');
      await scan('works');
      await open('No. 6', hidden, 'llamacpp');
      await doctor.finds(mostLikely, 'cors-refused');
      await scan('cors-refused');
      await open('No. 7', await program((_, response) => void response.end('hello'), true), 'vllm');
      await doctor.finds(oneOf, 'certificate-refused', 'server-down');
      await scan('certificate-refused');
    });
  });
}

test('is worked by the keyboard alone: copied, mended, tested again, and left for its button', async ({
  doctor,
  page,
  program,
}) => {
  const url = await program(replays(asVllm));
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await doctor.addServer(`http://127.0.0.1:${await freePort()}`, 'vllm', 'Mine');
  const opener = doctor.row('Mine').getByRole('button', { name: /: Mine$/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  await doctor.finds(mostLikely, 'server-down');
  await expect(doctor.dialog.getByRole('status').first()).toHaveText(/^Most likely.* Nothing answers at /);
  await doctor.tabTo('Copy: On the machine of the server');
  await page.keyboard.press('Enter');
  await expect(doctor.dialog.getByText('Copied')).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^vllm serve MODEL --port \d+$/);
  await page.keyboard.press('Tab');
  await expect(doctor.finding.getByRole('textbox', { name: 'Address' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(url);
  await page.keyboard.press('Enter');
  await doctor.finds(well, 'works');
  await expect(doctor.finding).toBeFocused();
  await expect(doctor.dialog.getByRole('status').first()).toHaveText(/^Checked All is well/);
  await doctor.tabTo('Test again');
  await page.keyboard.press('Enter');
  await doctor.finds(well, 'works');
  await expect(doctor.dialog.getByRole('button', { name: 'Test again' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(doctor.dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
});

test('going through the relay by keyboard keeps the place in the dialog', async ({
  page,
  program,
  relay,
}) => {
  // It answers whoever asks, and lets no page read it.
  const strict = await program((request, response) => {
    const name = asVllm[request.url as keyof typeof asVllm];
    const recorded = name ? readRecording(name) : { status: 404, body: '' };
    response.writeHead(recorded.status, { 'content-type': 'application/json' }).end(recorded.body);
  });
  const doctor = new DoctorPage(page);
  await doctor.openSettings((await relay({ VLLM_BASE_URL: strict })).url);
  await doctor.callDirectly('vLLM');
  const opener = doctor.row('vLLM').getByRole('button', { name: /: vLLM$/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  await doctor.finds(known, 'cors-refused');
  await doctor.tabTo('Go through the relay');
  await page.keyboard.press('Enter');
  await doctor.finds(well, 'works');
  await expect(doctor.finding).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});
