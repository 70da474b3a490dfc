/** `npm run servers -- down [NAME …]` */
import { say } from '../../shared/say.mjs';
import { realServers } from '../real-servers.mjs';
import { end, isRunning, readNote, removeNote } from '../running-servers.mjs';
import { serversNamed } from '../servers-named.mjs';

/** @param {string[]} names none for all */
export async function down(names) {
  const wanted = names.length > 0 ? serversNamed(names) : realServers;
  for (const { name, label } of wanted) {
    const note = await readNote(name);
    if (!note) {
      if (names.length > 0) say(`${label} was not started here.`);
      continue;
    }
    const wasRunning = await isRunning(note);
    if (wasRunning) await end(note);
    await removeNote(name);
    say(wasRunning ? `${label} has ended.` : `${label} had ended already.`);
  }
}
