/** `npm run models -- COMMAND …`: work on the models folder. Each command is a file that is loaded when it is asked for. */
import { install, setGlobalDispatcher } from 'undici';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { Problem } from './shared/problem.mjs';
import { proxyAgent } from './shared/proxy-agent.mjs';
import { say } from './shared/say.mjs';

/** @typedef {{ does: string, load: () => Promise<(args: string[]) => Promise<void>> }} Command */

/** @type {Readonly<Record<string, Command>>} */
const commands = {
  list: {
    does: 'shows the catalogue, with sizes and with what is in models/ already',
    load: async () => (await import('./models/list.mjs')).list,
  },
  add: {
    does: 'ID [--build QUANTIZATION] [--engine ENGINE]  downloads a model into models/, for a closed network',
    load: async () => (await import('./models/add.mjs')).add,
  },
  convert: {
    does: 'FILE.gguf [--bits 4|8|32] [--to FOLDER]  makes a folder for Transformers.js of a GGUF',
    load: async () => (await import('./models/convert/convert.mjs')).convert,
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
endOnSignal();
// What is looked up on the hub goes through the proxy of the environment too.
setGlobalDispatcher(proxyAgent());
install();
if (command) {
  try {
    await (
      await command.load()
    )(args);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
} else {
  say('npm run models -- COMMAND …');
  for (const [called, { does }] of Object.entries(commands)) say(`  ${called.padEnd(8)} ${does}`);
  process.exitCode = name === '' ? 0 : 1;
}
