/** The connection doctor and a real Ollama that was started, or is called, with the wrong settings. */
import { ChatPage } from './chat-page';
import { expect, known, mostLikely, portOf, test, well } from './doctor';
import { DoctorPage } from './doctor-page';
import { passesOn } from './doctor-programs';
import { useSpecialServer } from './special-server';

const server = useSpecialServer('ollama');

test('works: with its version, and nothing is loaded by the questions', async ({ doctor, request }) => {
  await doctor.addServer(server().url, '', 'Mine');
  await doctor.openFor('Mine');
  await doctor.finds(well, 'works');
  await expect(doctor.finding).toContainText(/version \d+\.\d+\.\d+, \d+ ms, \d+ models?/);
  expect(await (await request.get(`${server().url}/api/ps`)).json()).toEqual({ models: [] });
});

test('is stopped, and works again', async ({ doctor }) => {
  await doctor.addServer(server().url, 'ollama', 'Mine');
  await server().stop();
  await doctor.openFor('Mine');
  await doctor.finds(mostLikely, 'server-down');
  expect(await doctor.copiedLine()).toBe(`OLLAMA_HOST=127.0.0.1:${server().port}`);
  await server().start();
  await doctor.testAgain();
  await doctor.finds(well, 'works');
});

test('refuses the page until it is started with the proposed line', async ({ page, relay }) => {
  const { url } = await relay({ RELAY_ALLOWED_HOSTS: 'chat.localhost' });
  const doctor = new DoctorPage(page);
  await doctor.openSettings(`http://chat.localhost:${portOf(url)}`);
  await doctor.addServer(server().url, 'ollama', 'Mine');
  await doctor.openFor('Mine');
  await doctor.finds(mostLikely, 'cors-refused');
  const [name = '', value = ''] = (await doctor.copiedLine()).split('=');
  expect(name).toBe('OLLAMA_ORIGINS');
  await server().start({ variables: { [name]: value } });
  await doctor.testAgain();
  await doctor.finds(well, 'works');
  await server().start();
});

test('refuses the page, and the relay is one click away', async ({ page, relay }) => {
  const { url } = await relay({ RELAY_ALLOWED_HOSTS: 'chat.localhost', OLLAMA_BASE_URL: server().url });
  const doctor = new DoctorPage(page);
  await doctor.openSettings(`http://chat.localhost:${portOf(url)}`);
  await doctor.callDirectly('Ollama');
  await expect(doctor.row('Ollama')).toContainText('does not answer');
  await doctor.openFor('Ollama');
  await doctor.finds(known, 'cors-refused');
  await doctor.finding.getByRole('button', { name: 'Go through the relay' }).click();
  await doctor.finds(well, 'works');
  await expect(doctor.dialog).toContainText('through the relay');
  await doctor.close();
  await expect(doctor.row('Ollama')).toContainText('ready');
  await expect(doctor.row('Ollama').getByRole('checkbox')).not.toBeChecked();
});

test('refuses to be called by a public name', async ({ app, browserWith }) => {
  const page = await browserWith(['--host-resolver-rules=MAP models.test 127.0.0.1']);
  const doctor = new DoctorPage(page);
  await doctor.openSettings(app.url);
  await doctor.addServer(`http://models.test:${server().port}`, 'ollama', 'Mine');
  await doctor.openFor('Mine');
  await doctor.finds(known, 'host-refused');
});

for (const kind of ['vllm', 'instructlab', 'llamacpp'] as const) {
  test(`set up as ${kind}, whose lists it knows too, and set right by one click`, async ({ doctor }) => {
    await doctor.addServer(server().url, kind, 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'wrong-kind');
    await expect(doctor.finding).toContainText('It is Ollama');
    await doctor.finding.getByRole('button', { name: 'Set it up as that' }).click();
    await doctor.finds(well, 'works');
  });
}

for (const path of ['/api', '/v1/chat/completions']) {
  test(`its address with ${path} is corrected by one click`, async ({ doctor }) => {
    await doctor.addServer(server().url + path, 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'wrong-path');
    await doctor.finding.getByRole('button', { name: 'Use this address' }).click();
    await doctor.finds(well, 'works');
  });
}

test.describe('http and https', () => {
  test('https typed for its http is corrected by one click', async ({ doctor }) => {
    await doctor.addServer(server().url.replace('http:', 'https:'), 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'wrong-scheme');
    expect(await doctor.copiedLine()).toBe(server().url);
    await doctor.finding.getByRole('button', { name: 'Use this address' }).click();
    await doctor.finds(well, 'works');
  });

  test('http typed for https that the browser trusts', async ({ app, browserWith, program }) => {
    const secure = await program(passesOn(server().url), true);
    const doctor = new DoctorPage(await browserWith([]));
    await doctor.openSettings(app.url);
    await doctor.addServer(secure.replace('https:', 'http:'), 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'wrong-scheme');
    await doctor.finding.getByRole('button', { name: 'Use this address' }).click();
    await doctor.finds(well, 'works');
  });

  test('http typed for https that it does not trust: the page says what else it may be', async ({
    doctor,
    program,
  }) => {
    const secure = await program(passesOn(server().url), true);
    await doctor.addServer(secure.replace('https:', 'http:'), 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'server-down');
    await expect(doctor.finding).toContainText('https with a certificate that this browser does not trust');
  });

  test('where the relay looks too, it knows', async ({ page, relay, program }) => {
    const secure = await program(passesOn(server().url), true);
    const plain = secure.replace('https:', 'http:');
    const doctor = new DoctorPage(page);
    await doctor.openSettings((await relay({ OLLAMA_BASE_URL: plain })).url);
    await doctor.openFor('Ollama');
    await doctor.finds(known, 'wrong-scheme');
    expect(await doctor.copiedLine()).toBe(secure);
    await doctor.close();
    await doctor.callDirectly('Ollama');
    await doctor.openFor('Ollama');
    await doctor.finds(known, 'wrong-scheme');
    await doctor.openSettings((await relay({ OLLAMA_BASE_URL: secure })).url);
    await doctor.openFor('Ollama');
    await doctor.finds(known, 'certificate-refused');
  });
});

for (const way of ['through the relay', 'directly'] as const) {
  test(`its model is deleted under the page, called ${way}`, async ({ page, relay, request }) => {
    // Its folder of models is shared with other tests.
    const model = `doctor-${server().port}`;
    const copy = { source: 'smollm2', destination: model };
    await request.post(`${server().url}/api/copy`, { data: copy });
    const { url } = await relay({ OLLAMA_BASE_URL: server().url });
    const doctor = new DoctorPage(page);
    const chat = new ChatPage(page);
    await doctor.openSettings(url);
    if (way === 'directly') await doctor.callDirectly('Ollama');
    await chat.open(url);
    await chat.choose(`Ollama · ${model}:latest`);
    await request.delete(`${server().url}/api/delete`, { data: { model } });
    await chat.send('Hello');
    await chat.becomes('failed');
    await chat.answer.getByRole('button', { name: /^Find out why/ }).click();
    await doctor.finds(known, 'model-missing');
    expect(await doctor.copiedLine()).toBe(`ollama pull ${model}:latest`);
    await request.post(`${server().url}/api/copy`, { data: copy });
    await doctor.testAgain();
    await doctor.finds(well, 'works');
    await request.delete(`${server().url}/api/delete`, { data: { model } });
  });
}
