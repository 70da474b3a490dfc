/** `npm run models -- COMMAND …`: work on the models folder. Each command is a file that is loaded when it is asked for. */
import { endOnSignal } from './shared/end-on-signal.mjs';
import { Problem } from './shared/problem.mjs';
import { say } from './shared/say.mjs';

/** @type {Readonly<Record<string, () => Promise<(args: string[]) => Promise<void>>>>} */
const commands = {
  convert: async () => (await import('./models/convert/convert.mjs')).convert,
};

const [name = '', ...args] = process.argv.slice(2);
const load = commands[name];
endOnSignal();
if (load) {
  try {
    await (await load())(args);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
} else {
  say(`npm run models -- COMMAND; the commands are: ${Object.keys(commands).join(', ')}.`);
  process.exitCode = 1;
}
