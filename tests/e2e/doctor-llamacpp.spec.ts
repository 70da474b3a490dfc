/** The connection doctor and a real llama.cpp server that was started, or is called, with the wrong settings. */
import { freePort } from '../../scripts/shared/free-port.mjs';
import { expect, known, mostLikely, test, well } from './doctor';
import { DoctorPage } from './doctor-page';
import { useSpecialServer } from './special-server';

const key = 'right';

test.describe('without a key', () => {
  const server = useSpecialServer('llamacpp', { flags: [] });

  test('works, is stopped, and works again', async ({ doctor }) => {
    await doctor.addServer(server().url, 'llamacpp', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(well, 'works');
    await server().stop();
    await doctor.testAgain();
    await doctor.finds(mostLikely, 'server-down');
    await expect(doctor.finding).toContainText(`llama-server -m MODEL.gguf --port ${server().port}`);
    await server().start({ flags: [] });
    await doctor.testAgain();
    await doctor.finds(well, 'works');
  });

  for (const path of ['/v1', '/v1/']) {
    test(`its address with ${path} is as good as without`, async ({ doctor }) => {
      await doctor.addServer(server().url + path, 'llamacpp', 'Mine');
      await doctor.openFor('Mine');
      await doctor.finds(well, 'works');
    });
  }

  for (const path of ['/v1/v1', '/v1/chat/completions', '/chat']) {
    test(`its address with ${path} is corrected by one click`, async ({ doctor }) => {
      await doctor.addServer(server().url + path, 'llamacpp', 'Mine');
      await doctor.openFor('Mine');
      await doctor.finds(known, 'wrong-path');
      await doctor.finding.getByRole('button', { name: 'Use this address' }).click();
      await doctor.finds(well, 'works');
    });
  }

  test('another port', async ({ doctor }) => {
    await doctor.addServer(`http://127.0.0.1:${await freePort()}`, 'llamacpp', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'server-down');
    await doctor.finding.getByRole('textbox', { name: 'Address' }).fill(server().url);
    await doctor.finding.getByRole('button', { name: 'Use this address' }).click();
    await doctor.finds(well, 'works');
  });

  for (const kind of ['ollama', 'vllm', 'instructlab'] as const) {
    test(`set up as ${kind}, and set right by one click`, async ({ doctor }) => {
      await doctor.addServer(server().url, kind, 'Mine');
      await doctor.openFor('Mine');
      await doctor.finds(known, 'wrong-kind');
      await expect(doctor.finding).toContainText('It is llama.cpp');
      await doctor.finding.getByRole('button', { name: 'Set it up as that' }).click();
      await doctor.finds(well, 'works');
    });
  }

  test('an address without a kind is recognised', async ({ doctor }) => {
    await doctor.addServer(server().url, '', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(well, 'works');
  });
});

test.describe('with a key', () => {
  const server = useSpecialServer('llamacpp', { flags: ['--api-key', key] });

  test('wants it, refuses a wrong one, takes the right one', async ({ doctor }) => {
    await doctor.addServer(server().url, 'llamacpp', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'key-missing');
    await doctor.enterKey('Mine', 'wrong');
    await doctor.finds(known, 'key-wrong');
    await expect(doctor.finding).toContainText('Invalid API Key');
    await doctor.enterKey('Mine', key);
    await doctor.finds(well, 'works');
  });

  test('a path too many beside the key', async ({ doctor }) => {
    await doctor.addServer(`${server().url}/chat`, 'llamacpp', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'key-missing');
    await doctor.enterKey('Mine', key);
    await doctor.finds(known, 'wrong-path');
    await doctor.finding.getByRole('button', { name: 'Use this address' }).click();
    await doctor.finds(well, 'works');
  });

  test('taken for Ollama, which knows no keys', async ({ doctor }) => {
    await doctor.addServer(server().url, 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'wrong-kind');
    await doctor.finding.getByRole('button', { name: 'Set it up as that' }).click();
    await doctor.finds(known, 'key-missing');
    await doctor.enterKey('Mine', key);
    await doctor.finds(well, 'works');
  });

  test('the relay has none for it, and then a wrong one', async ({ page, relay }) => {
    const doctor = new DoctorPage(page);
    const without = await relay({ LLAMACPP_BASE_URL: server().url });
    await doctor.openSettings(without.url);
    await doctor.openFor('llama.cpp');
    await doctor.finds(known, 'key-missing');
    await expect(doctor.finding).toContainText('LLAMACPP_API_KEY=');
    const wrong = await relay({ LLAMACPP_BASE_URL: server().url, LLAMACPP_API_KEY: 'wrong' });
    await doctor.openSettings(wrong.url);
    await doctor.openFor('llama.cpp');
    await doctor.finds(known, 'key-wrong');
    const right = await relay({ LLAMACPP_BASE_URL: server().url, LLAMACPP_API_KEY: key });
    await doctor.openSettings(right.url);
    await doctor.openFor('llama.cpp');
    await doctor.finds(well, 'works');
  });

  test('the key is missing for direct calls only: through the relay it works', async ({ page, relay }) => {
    const { url } = await relay({ LLAMACPP_BASE_URL: server().url, LLAMACPP_API_KEY: key });
    const doctor = new DoctorPage(page);
    await doctor.openSettings(url);
    await doctor.callDirectly('llama.cpp');
    await doctor.openFor('llama.cpp');
    await doctor.finds(known, 'key-missing');
    await doctor.finding.getByRole('button', { name: 'Go through the relay' }).click();
    await doctor.finds(well, 'works');
  });
});

test.describe('for another page', () => {
  const server = useSpecialServer('llamacpp', { flags: ['--cors-origins', 'https://other.example'] });

  test('refuses this one until it is started with the proposed flag', async ({ doctor, page }) => {
    await doctor.addServer(server().url, 'llamacpp', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'cors-refused');
    const line = await doctor.copiedLine();
    expect(line).toBe(`--cors-origins ${new URL(page.url()).origin}`);
    await server().start({ flags: line.split(' ') });
    await doctor.testAgain();
    await doctor.finds(well, 'works');
  });
});
