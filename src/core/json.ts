/** JSON as TypeScript types: what may cross a wire, a worker border or a database row. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };
