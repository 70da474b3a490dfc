/** The connection doctor and a real InstructLab, which takes one connection at a time. */
import { connect } from 'node:net';
import { ChatPage } from './chat-page';
import { expect, known, mostLikely, test, well } from './doctor';
import type { DoctorPage } from './doctor-page';
import { useSpecialServer } from './special-server';

const patience = 120_000;
const server = useSpecialServer('instructlab');

/** The look that waited for its start, or a test's, may still hold its connection. */
async function becomesFree(doctor: DoctorPage): Promise<void> {
  await expect(async () => {
    await doctor.testAgain();
    await expect(doctor.finding).toContainText(well, { timeout: 1000 });
  }).toPass({ timeout: 30_000 });
}

test('has its one connection already, and works when it is free', async ({ doctor }) => {
  await doctor.addServer(server().url, 'instructlab', 'Mine');
  await doctor.openFor('Mine');
  await becomesFree(doctor);
  const socket = connect(server().port, '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  await doctor.testAgain();
  await doctor.finds(mostLikely, 'busy');
  socket.destroy();
  await doctor.testAgain();
  await doctor.finds(well, 'works');
});

test('is left alone while this page waits for its answer', async ({ doctor, page }) => {
  await doctor.addServer(server().url, 'instructlab', 'Mine');
  await doctor.openFor('Mine');
  await becomesFree(doctor);
  await doctor.close();
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  const chat = new ChatPage(page);
  await chat.chooseOf('Mine');
  await chat.limit(1500);
  await chat.send('Write a very long story about a river.');
  await expect(chat.text).not.toBeEmpty({ timeout: patience });
  const conversation = page.url();
  await page.getByRole('link', { name: 'Settings' }).click();
  await doctor.openFor('Mine');
  await doctor.finds(known, 'busy');
  await doctor.close();
  await page.goto(conversation);
  await chat.becomes('streaming');
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped');
});

for (const kind of ['vllm', 'llamacpp', 'openai', 'ollama'] as const) {
  test(`set up as ${kind}, and set right by one click`, async ({ doctor }) => {
    await doctor.addServer(server().url, kind, 'Mine');
    await doctor.openFor('Mine');
    await expect(async () => {
      await doctor.testAgain();
      await expect(doctor.finding).toContainText('It is InstructLab', { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    await doctor.finds(known, 'wrong-kind');
    await doctor.finding.getByRole('button', { name: 'Set it up as that' }).click();
    await becomesFree(doctor);
  });
}
