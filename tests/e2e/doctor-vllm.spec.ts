/** The connection doctor and a real vLLM, which by itself allows no page and hides that it wants a key. */
import { ChatPage } from './chat-page';
import { expect, known, mostLikely, oneOf, test, well } from './doctor';
import { DoctorPage } from './doctor-page';
import { useSpecialServer } from './special-server';

const key = 'right';
const anyPage = ['--allowed-origins', '["*"]'];

test.describe('as it starts by default', () => {
  const server = useSpecialServer('vllm', { flags: [] });

  test('allows no page, and the relay is one click away', async ({ page, relay }) => {
    const { url } = await relay({ VLLM_BASE_URL: server().url });
    const doctor = new DoctorPage(page);
    await doctor.openSettings(url);
    await doctor.callDirectly('vLLM');
    await doctor.openFor('vLLM');
    await doctor.finds(known, 'cors-refused');
    expect(await doctor.copiedLine()).toBe(`--allowed-origins '["${url}"]'`);
    await doctor.finding.getByRole('button', { name: 'Go through the relay' }).click();
    await doctor.finds(well, 'works');
  });

  test('cannot be told from another program where nobody said what it is', async ({ doctor, page }) => {
    await doctor.addServer(server().url, '');
    await page
      .getByRole('form', { name: 'Add a server' })
      .getByRole('button', { name: 'Find out why' })
      .click();
    await doctor.finds(oneOf, 'cors-refused', 'not-a-model-server');
  });

  test('typed into Settings, it is most likely the page that it refuses', async ({ doctor }) => {
    await doctor.addServer(server().url, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'cors-refused');
  });

  test('does not have the model that was chosen earlier', async ({ page, relay, request }) => {
    const { data } = (await (await request.get(`${server().url}/v1/models`)).json()) as {
      data: readonly { id: string }[];
    };
    const { url } = await relay({ VLLM_BASE_URL: server().url });
    const doctor = new DoctorPage(page);
    const chat = new ChatPage(page);
    await chat.open(url);
    await chat.choose(`vLLM · ${data[0]?.id ?? ''}`);
    await server().start({ flags: ['--served-model-name', 'renamed'] });
    await chat.send('Hello');
    await chat.becomes('failed');
    await chat.answer.getByRole('button', { name: /^Find out why/ }).click();
    await doctor.finds(known, 'model-missing');
  });
});

test.describe('with a key, for every page', () => {
  const server = useSpecialServer('vllm', { flags: ['--api-key', key, ...anyPage] });

  test('hides that it wants a key and that a key is wrong; works with the right one', async ({ doctor }) => {
    await doctor.addServer(server().url, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'key-missing');
    await doctor.enterKey('Mine', 'wrong');
    await doctor.finds(mostLikely, 'key-wrong');
    await doctor.enterKey('Mine', key);
    await doctor.finds(well, 'works');
    await expect(doctor.finding).toContainText('version 0.');
  });

  for (const kind of ['ollama', 'llamacpp', 'instructlab', 'openai'] as const) {
    test(`set up as ${kind}`, async ({ doctor }) => {
      await doctor.addServer(server().url, kind, 'Mine');
      await doctor.openFor('Mine');
      if (kind === 'openai') return doctor.finds(mostLikely, 'key-missing');
      await doctor.finds(known, 'wrong-kind');
      await doctor.finding.getByRole('button', { name: 'Set it up as that' }).click();
      await doctor.finds(mostLikely, 'key-missing');
      await doctor.enterKey('Mine', key);
      await doctor.finds(well, 'works');
    });
  }

  test('the relay has no key for it, then a wrong one', async ({ page, relay }) => {
    const doctor = new DoctorPage(page);
    await doctor.openSettings((await relay({ VLLM_BASE_URL: server().url })).url);
    await doctor.openFor('vLLM');
    await doctor.finds(known, 'key-missing');
    const wrong = await relay({ VLLM_BASE_URL: server().url, VLLM_API_KEY: 'wrong' });
    await doctor.openSettings(wrong.url);
    await doctor.openFor('vLLM');
    await doctor.finds(known, 'key-wrong');
  });
});

test.describe('with a key, for no page', () => {
  const server = useSpecialServer('vllm', { flags: ['--api-key', key] });

  test('is refused, and then the key is asked for: two fixes, one after the other', async ({ doctor }) => {
    await doctor.addServer(server().url, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'cors-refused');
    await expect(doctor.dialog).toContainText('Does it answer where no key is needed?');
  });
});
