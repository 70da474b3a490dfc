/** The connection doctor on a page from another machine over https, where browsers guard the way to this device and its network. */
import { type DoctorFixtures, expect, known, mostLikely, oneOf, portOf, test, well } from './doctor';
import { DoctorPage } from './doctor-page';
import { passesOn, replays } from './doctor-programs';
import { setNetworkPermission } from './network-permission';

const asVllm = { '/v1/models': 'vllm/models', '/version': 'vllm/version' };

/** A page at `https://chat.test`, as if from the internet, and a server that it calls by this name. */
async function open(
  { browserWith, program, relay }: Pick<DoctorFixtures, 'browserWith' | 'program' | 'relay'>,
  server: { readonly url: string; readonly space?: 'local'; readonly isRelayed?: boolean },
) {
  let relayUrl = '';
  const front = await program((incoming, outgoing) => passesOn(relayUrl)(incoming, outgoing), true);
  const origin = `https://chat.test:${portOf(front)}`;
  relayUrl = (
    await relay({
      RELAY_ALLOWED_HOSTS: 'chat.test',
      RELAY_ALLOWED_ORIGINS: origin,
      ...(server.isRelayed && { VLLM_BASE_URL: server.url }),
    })
  ).url;
  const spaces = [`127.0.0.1:${portOf(front)}=public`];
  if (server.space) spaces.push(`127.0.0.1:${portOf(server.url)}=${server.space}`);
  const page = await browserWith([
    '--host-resolver-rules=MAP chat.test 127.0.0.1,MAP models.local 127.0.0.1',
    `--ip-address-space-overrides=${spaces.join(',')}`,
  ]);
  const doctor = new DoctorPage(page);
  await doctor.openSettings(origin);
  return { page, doctor };
}

test('Local Network Access denied to a server of the relay: through the relay by one click', async ({
  browserWith,
  program,
  relay,
}) => {
  const url = await program(replays(asVllm));
  const { page, doctor } = await open({ browserWith, program, relay }, { url, isRelayed: true });
  await setNetworkPermission(page, 'denied');
  await doctor.callDirectly('vLLM');
  await doctor.openFor('vLLM');
  await doctor.finds(mostLikely, 'local-network-denied');
  await doctor.finding.getByRole('button', { name: 'Go through the relay' }).click();
  await doctor.finds(well, 'works');
  await expect(doctor.dialog).toContainText('through the relay');
});

test('a server of this device is none of a relay elsewhere, whatever its address', async ({
  browserWith,
  program,
  relay,
}) => {
  const url = await program(replays(asVllm));
  const { page, doctor } = await open({ browserWith, program, relay }, { url, isRelayed: true });
  await setNetworkPermission(page, 'denied');
  await doctor.addServer(url, 'vllm', 'Mine');
  await doctor.openFor('Mine');
  await doctor.finds(mostLikely, 'local-network-denied');
  await expect(doctor.dialog.getByRole('button', { name: 'Go through the relay' })).toHaveCount(0);
  await expect(doctor.dialog.getByText('Let the relay call it instead')).toHaveCount(0);
  await setNetworkPermission(page, 'granted');
  await doctor.testAgain();
  await doctor.finds(well, 'works');
});

for (const [state, certainty, ...causes] of [
  ['denied', mostLikely, 'local-network-denied'],
  ['prompt', oneOf, 'local-network-unasked', 'server-down'],
] as const) {
  test(`a machine of the network, called by name: ${state}, then allowed`, async ({
    browserWith,
    program,
    relay,
  }) => {
    const at = await program(replays(asVllm));
    const { page, doctor } = await open({ browserWith, program, relay }, { url: at, space: 'local' });
    await setNetworkPermission(page, state);
    await doctor.addServer(`http://models.local:${portOf(at)}`, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(certainty, ...causes);
    await expect(doctor.finding).toContainText('devices on your network (local-network)');
    await setNetworkPermission(page, 'granted');
    await doctor.testAgain();
    await doctor.finds(well, 'works');
  });
}

test('the relay forgot who this is: its token is asked for, and taken', async ({ page, program, relay }) => {
  const url = await program(replays(asVllm));
  const { url: address } = await relay({ VLLM_BASE_URL: url, RELAY_TOKEN: 'open-sesame' });
  await page.goto(address);
  const door = page.getByRole('dialog', { name: 'Sign in' });
  await door.getByLabel('Access token').fill('open-sesame');
  await door.getByLabel('Access token').press('Enter');
  await expect(door).toBeHidden();
  const doctor = new DoctorPage(page);
  await doctor.openSettings(address);
  await doctor.openFor('vLLM');
  await doctor.finds(well, 'works');
  await page.context().clearCookies();
  await doctor.testAgain();
  await doctor.finds(known, 'relay-wants-token');
  await doctor.finding.getByLabel('Access token').fill('open-sesame');
  await doctor.finding.getByLabel('Access token').press('Enter');
  await doctor.testAgain();
  await doctor.finds(well, 'works');
});
