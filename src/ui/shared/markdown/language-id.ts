/** Finds the grammar for the name on a code fence. */
import { languageIds, type LanguageId } from './highlight-protocol';

const ids = new Map<string, LanguageId>(languageIds.map((id) => [id, id]));
const aliases: Readonly<Record<string, LanguageId>> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cjs: 'javascript',
  console: 'bash',
  cs: 'csharp',
  dockerfile: 'docker',
  gql: 'graphql',
  golang: 'go',
  js: 'javascript',
  jsonc: 'json',
  kt: 'kotlin',
  makefile: 'make',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  ps1: 'powershell',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  ts: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
};
for (const [alias, id] of Object.entries(aliases)) ids.set(alias, id);

/** @returns undefined for a language that is shown without colours */
export function languageIdOf(name: string): LanguageId | undefined {
  return ids.get(name.toLowerCase());
}
