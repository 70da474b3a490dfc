/** The arguments of a tool call for the eye: field by field where they are an object, else as the model wrote them. */

export interface ShownArguments {
  readonly fields?: readonly (readonly [name: string, value: string])[];
  readonly text: string;
}

export function readArguments(text: string): ShownArguments {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { text };
    const fields = Object.entries(value).map(([name, field]): [string, string] => {
      return [name, typeof field === 'string' ? field : JSON.stringify(field, null, 1)];
    });
    return { fields, text };
  } catch {
    return { text };
  }
}
