/** Tools: what a model may ask for, and how it asks. Who answers is the page's business. */
import type { JsonObject } from './json';

export interface ToolDefinition {
  /** 1–64 letters, digits, underscores and hyphens: what every server takes. */
  readonly name: string;
  /** For the model; may be empty. */
  readonly description: string;
  /** JSON Schema of the arguments: an object. */
  readonly parameters: JsonObject;
}

export interface ToolCall {
  /** Unique within one answer; made up where the server gives none. */
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it: mostly an object that fits the schema, but nothing guarantees either. */
  readonly arguments: string;
}
