/** Tool definitions as a person writes them, read or refused with a sentence that says where. */
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import * as v from 'valibot';
import type { ToolDefinition } from '../core/tool';
import { toolDefinitionSchema } from './tool-definition-schema';

export type ReadDefinitions =
  | { readonly tools: ToolDefinition[]; readonly problem?: undefined }
  | { readonly tools?: undefined; readonly problem: string };

/**
 * Takes one definition or an array, in OpenAI's form (`{"type": "function", "function": {…}}`) or plain
 * (`{"name": …, "description": …, "parameters": {…}}`). An empty text is no tools.
 * @param taken names that are in use already
 */
export function readToolDefinitions(text: string, taken: readonly string[]): ReadDefinitions {
  if (text.trim() === '') return { tools: [] };
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [error] = errors;
  if (error) return { problem: `${placeOf(text, error.offset)}: ${wordsOf(error)}.` };
  const tools: ToolDefinition[] = [];
  for (const [index, item] of (Array.isArray(value) ? value : [value]).entries()) {
    const which = Array.isArray(value) ? `Tool ${index + 1}` : 'The tool';
    const read = v.safeParse(toolDefinitionSchema, innerOf(item), { abortEarly: true });
    if (!read.success) return { problem: `${which}: ${sentenceOf(read.issues[0])}` };
    const { name } = read.output;
    const isTaken = taken.includes(name) || tools.some((tool) => tool.name === name);
    if (isTaken) return { problem: `${which}: there is another tool named “${name}”.` };
    tools.push(read.output);
  }
  return { tools };
}

/** OpenAI wraps a definition; its own tool types (`web_search`, …) have no function inside. */
function innerOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null && 'function' in item ? item.function : item;
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `Line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** `CommaExpected` → `comma expected`. */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`)
    .toLowerCase();
}

function sentenceOf(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue);
  return path === null ? issue.message : `“${path}” ${issue.message}`;
}
