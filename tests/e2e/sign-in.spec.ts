/** A page whose relay wants a token: the door, a wrong token, the way in, out again, and past it. */
import AxeBuilder from '@axe-core/playwright';
import { type StartedRelay, startRelay } from '../support/start-relay';
import { expect, noServers, test as base } from './app';

const test = base.extend<object, { app: StartedRelay }>({
  app: [
    async ({ browserName: _ }, use) => {
      const relay = await startRelay({ ...noServers, RELAY_TOKEN: 'open-sesame' });
      await use(relay);
      await relay.stop();
    },
    { scope: 'worker' },
  ],
});

test('asks for the token, says when it is wrong, stays signed in, and signs out', async ({ page }) => {
  await page.goto('/');
  const door = page.getByRole('dialog', { name: 'Sign in' });
  const field = door.getByLabel('Access token');
  await expect(field).toBeVisible();
  await expect(door.getByRole('button', { name: 'Sign in' })).toBeDisabled();
  const found = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(found.violations).toEqual([]);

  await field.fill('open-barley');
  await field.press('Enter');
  await expect(door.getByRole('alert')).toContainText('does not know this token');
  await field.fill('open-sesame');
  await field.press('Enter');
  await expect(door).toBeHidden();

  await page.reload();
  await page.goto('/#/settings');
  const session = page.getByRole('group', { name: 'Relay session' });
  await expect(session).toContainText('Signed in to the relay as relay.');
  await expect(door).toBeHidden();
  await session.getByRole('button', { name: 'Sign out' }).click();
  await expect(door).toBeVisible();
  expect(await page.context().cookies()).toEqual([]);
  await page.reload();
  await expect(door).toBeVisible();
});

test('can be passed by for what needs no relay, and entered later from Settings', async ({ page }) => {
  await page.goto('/#/settings');
  const door = page.getByRole('dialog', { name: 'Sign in' });
  await expect(door).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(door).toBeHidden();
  const session = page.getByRole('group', { name: 'Relay session' });
  await session.getByLabel('Access token').fill('open-sesame');
  await session.getByRole('button', { name: 'Sign in' }).click();
  await expect(session).toContainText('Signed in to the relay as relay.');
});
