/** One call answered by a tool of the page. */
import type { JsonObject } from '../core/json';
import type { ToolCall } from '../core/tool';
import type { BuiltInTool } from './built-in-tool';

export interface ToolResult {
  readonly text: string;
  readonly durationMs: number;
  readonly isFailure: boolean;
}

/** Never rejects: what went wrong is a result too, so that the model can try again in other words. */
export async function runTool(tool: BuiltInTool, call: ToolCall, signal: AbortSignal): Promise<ToolResult> {
  const startedAt = performance.now();
  const took = (): number => performance.now() - startedAt;
  try {
    const text = await tool.run(argumentsOf(call), signal);
    return { text, durationMs: took(), isFailure: false };
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
