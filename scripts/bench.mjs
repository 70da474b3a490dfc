/**
 * `npm run bench -- NAME [--rounds N] [--only PART,PART] [--minutes N] [--against FOLDER] [--cranfield FOLDER]`:
 * one benchmark, its result as JSON on stdout. Without a name: the list. A benchmark that knows an option not takes no notice of it.
 */
import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { endWithParent } from './shared/end-with-parent.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';

process.chdir(root);
endOnSignal();
endWithParent();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    only: { type: 'string' },
    minutes: { type: 'string' },
    against: { type: 'string' },
    cranfield: { type: 'string' },
  },
});
const files = await readdir(join(root, 'bench'));
const names = files.filter((file) => file.endsWith('.mjs')).map((file) => parse(file).name);
const [name] = positionals;
/** @type {{ rounds?: number, only?: string[], minutes?: number, against?: string, cranfield?: string }} */
const options = {
  ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
  ...(values.only === undefined ? {} : { only: values.only.split(',') }),
  ...(values.against === undefined ? {} : { against: values.against }),
  ...(values.cranfield === undefined ? {} : { cranfield: values.cranfield }),
  ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }),
};

if (name === undefined) {
  process.stdout.write(`${names.join('\n')}\n`);
} else if (!names.includes(name)) {
  say(`There is no benchmark named ${name}. There are: ${names.join(', ')}.`);
  process.exitCode = 1;
} else if ([options.rounds ?? 1, options.minutes ?? 1].some((one) => !(Number.isInteger(one) && one > 0))) {
  say('--rounds and --minutes take a whole number above 0.');
  process.exitCode = 1;
} else {
  /** @type {{ run(options: object): Promise<object> }} */
  const benchmark = await import(pathToFileURL(join(root, 'bench', `${name}.mjs`)).href);
  const result = await benchmark.run(options);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
