/** Three ways to download a model file, measured one at a time. */
import { plain } from './plain';
import type { Subject, Wanted } from './subject';
import { switchyard } from './switchyard';
import { transformers } from './transformers';

const subjects: Readonly<Record<string, Subject>> = {
  switchyard,
  'switchyard, checked': switchyard,
  'transformers.js': transformers,
  'plain fetch': plain,
};

/** @returns seconds */
async function download(name: string, wanted: Wanted): Promise<number> {
  const subject = subjects[name];
  if (!subject) throw new Error(`No subject is called ${name}.`);
  const startedAt = performance.now();
  await subject(wanted);
  return (performance.now() - startedAt) / 1000;
}

Object.assign(window, { download });
