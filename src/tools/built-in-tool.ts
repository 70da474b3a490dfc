/** A tool that this page answers itself, where the person has switched it on. */
import type { JsonObject } from '../core/json';
import type { ToolDefinition } from '../core/tool';
import type { FoundPassages, ToolPage } from './tool-page';

export interface BuiltInTool extends ToolDefinition {
  /** For people. */
  readonly label: string;
  /** A sentence for people: what it does, and with what. */
  readonly explanation: string;
  /** @param given what the model wrote: anything. @throws Error with a sentence that the model gets to read */
  run(given: JsonObject, signal: AbortSignal, page: ToolPage): Promise<string | FoundPassages> | string;
}
