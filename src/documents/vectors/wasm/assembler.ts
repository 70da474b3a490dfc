/**
 * Writes WebAssembly modules: functions that work on one memory, which is imported. The source of a kernel is then
 * TypeScript, and nobody needs a compiler for it.
 * @see https://webassembly.github.io/spec/core/binary/index.html
 */

/** Bytes of instructions; nested as it was put together. */
export type Code = number | readonly Code[];

export const valueTypes = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

export interface Local {
  readonly get: Code;
  set(...value: Code[]): Code;
}

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueType[];
  readonly result: ValueType | undefined;
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

/** @param locals parameters first, each by its name; they start at zero where they are none */
export function wasmFunction<Parameter extends string, Other extends string>(
  name: string,
  parameters: Readonly<Record<Parameter, ValueType>>,
  others: Readonly<Record<Other, ValueType>>,
  body: (local: Readonly<Record<Parameter | Other, Local>>) => Code,
  result?: ValueType,
): WasmFunction {
  const types: Readonly<Record<string, ValueType>> = { ...parameters, ...others };
  const locals = Object.keys(types).map((key, index) => [key, localAt(index)] as const);
  return {
    name,
    parameters: Object.values(parameters),
    locals: Object.values(others),
    result,
    body: body(Object.fromEntries(locals) as Record<Parameter | Other, Local>),
  };
}

function localAt(index: number): Local {
  return {
    get: [0x20, unsigned(index)],
    set: (...value) => [value, 0x21, unsigned(index)],
  };
}

/** @returns the bytes of a module that imports `page.memory` and exports the functions under their names */
export function assembleModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, result }) => [
    0x60,
    vector(parameters.map((type) => valueTypes[type])),
    vector(result ? [valueTypes[result]] : []),
  ]);
  const memory: Code = [text('page'), text('memory'), 0x02, 0x00, 0x01];
  const exported = functions.map(({ name }, index) => [text(name), 0x00, unsigned(index)]);
  const bodies = functions.map(({ locals, body }) => {
    const code = flat([vector(locals.map((type) => [1, valueTypes[type]])), body, 0x0b]);
    return [unsigned(code.length), code];
  });
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      section(1, vector(types)),
      section(2, vector([memory])),
      section(3, vector(functions.map((_, index) => unsigned(index)))),
      section(7, vector(exported)),
      section(10, vector(bodies)),
    ]),
  );
}

function section(id: number, content: Code): Code {
  const bytes = flat(content);
  return [id, unsigned(bytes.length), bytes];
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function text(value: string): Code {
  return vector([...new TextEncoder().encode(value)]);
}

function flat(code: Code): number[] {
  return typeof code === 'number' ? [code] : code.flatMap(flat);
}

/** LEB128. @param value whole, 0 to 2³² - 1 */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value >>> 0;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}

/** LEB128 with a sign. @param value whole, 32 bits */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (; rest < -64 || rest > 63; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest & 0x7f];
}
