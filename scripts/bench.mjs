/** `npm run bench -- NAME [--rounds N]`: one benchmark, its result as JSON on stdout. Without a name: the list. */
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
  options: { rounds: { type: 'string' } },
});
const files = await readdir(join(root, 'bench'));
const names = files.filter((file) => file.endsWith('.mjs')).map((file) => parse(file).name);
const [name] = positionals;
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);

if (name === undefined) {
  process.stdout.write(`${names.join('\n')}\n`);
} else if (!names.includes(name)) {
  say(`There is no benchmark named ${name}. There are: ${names.join(', ')}.`);
  process.exitCode = 1;
} else if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0)) {
  say('--rounds takes a whole number above 0.');
  process.exitCode = 1;
} else {
  /** @type {{ run(options: { rounds?: number }): Promise<object> }} */
  const benchmark = await import(pathToFileURL(join(root, 'bench', `${name}.mjs`)).href);
  const result = await benchmark.run(rounds === undefined ? {} : { rounds });
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
