/** One call answered by a tool of the page. */
import type { JsonObject } from '../core/json';
import type { Passage } from '../core/retrieval';
import type { ToolCall } from '../core/tool';
import type { BuiltInTool } from './built-in-tool';
import type { ToolPage } from './tool-page';

export interface ToolResult {
  readonly text: string;
  readonly durationMs: number;
  readonly isFailure: boolean;
  /** What it found in documents; absent for other tools. */
  readonly passages?: readonly Passage[];
}

/** Never rejects: what went wrong is a result too, so that the model can try again in other words. */
export async function runTool(
  tool: BuiltInTool,
  call: ToolCall,
  signal: AbortSignal,
  page: ToolPage = {},
): Promise<ToolResult> {
  const startedAt = performance.now();
  const took = (): number => performance.now() - startedAt;
  try {
    const output = await tool.run(argumentsOf(call), signal, page);
    const result = typeof output === 'string' ? { text: output } : output;
    return { ...result, durationMs: took(), isFailure: false };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { text: `Error: ${why}`, durationMs: took(), isFailure: true };
  }
}

function argumentsOf({ arguments: given }: ToolCall): JsonObject {
  const value = parsed(given);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw new Error(`The arguments are not a JSON object: ${given.slice(0, 200)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
