/** `npm run servers -- COMMAND …`: real model servers for tests, kept running until they are ended. */
import { down } from './servers/commands/down.mjs';
import { record } from './servers/commands/record.mjs';
import { status } from './servers/commands/status.mjs';
import { up } from './servers/commands/up.mjs';
import { realServers } from './servers/real-servers.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { Problem } from './shared/problem.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';

/** @type {Readonly<Record<string, { does: string, run: (names: string[]) => Promise<void> }>>} */
const commands = {
  up: { does: 'NAME …    installs and starts them, and prints the environment that names them', run: up },
  down: { does: '[NAME …]  ends them: all that `up` started, or these', run: down },
  status: { does: '          shows which are installed and which run', run: status },
  record: { does: 'NAME …    writes what it answers as fixtures; never over one that is there', run: record },
};

process.chdir(root);
endOnSignal();
const [called = '', ...names] = process.argv.slice(2);
const command = commands[called];
if (command) {
  try {
    await command.run(names);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
} else {
  say('npm run servers -- COMMAND …');
  for (const [name, { does }] of Object.entries(commands)) say(`  ${name.padEnd(8)} ${does}`);
  say(`Servers: ${realServers.map(({ name }) => name).join(', ')}.`);
  process.exitCode = called === '' ? 0 : 1;
}
