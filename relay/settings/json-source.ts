/** JSON with the places of its values, so that an error can point at a line. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';

export interface JsonProblem {
  /** Characters from the start. */
  readonly offset: number;
  readonly message: string;
}

export interface JsonSource {
  readonly value: unknown;
  /** What makes it no JSON, or ambiguous. */
  readonly problems: readonly JsonProblem[];
  /** `line:column`, both from 1 on. */
  positionOf(offset: number): string;
  /** Where a value stands, or its key where it has one; where it would stand if it is absent. */
  offsetAt(path: readonly (string | number)[], part: 'key' | 'value'): number;
}

export function parseJson(text: string): JsonSource {
  // Editors on Windows may write a byte order mark.
  const content = text.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const root = parseTree(content, errors, { disallowComments: true, allowTrailingComma: false });
  const problems = errors.slice(0, 1).map(({ error, offset }) => ({
    offset,
    message: root ? `this is not JSON: ${inWords(printParseErrorCode(error))}.` : 'the file is empty.',
  }));
  return {
    value: root ? (getNodeValue(root) as unknown) : undefined,
    problems: root && problems.length === 0 ? repeatedKeys(root) : problems,
    positionOf: (offset) => {
      const before = content.slice(0, offset).split('\n');
      return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
    },
    offsetAt: (path, part) => {
      for (let length = path.length; root && length > 0; length--) {
        const node = findNodeAtLocation(root, path.slice(0, length));
        if (!node) continue;
        return part === 'key' && length === path.length ? (node.parent?.offset ?? node.offset) : node.offset;
      }
      return root?.offset ?? 0;
    },
  };
}

/** Of a key that stands twice only the last value would count, in silence. */
function repeatedKeys(node: Node): JsonProblem[] {
  const children = node.children ?? [];
  const names = children.map((child) =>
    child.type === 'property' ? (child.children?.[0]?.value as unknown) : undefined,
  );
  const own = children
    .filter((_child, index) => names[index] !== undefined && names.indexOf(names[index]) < index)
    .map((child) => ({
      offset: child.offset,
      message: `the key ${JSON.stringify(child.children?.[0]?.value)} stands twice in one object.`,
    }));
  return [...own, ...children.flatMap(repeatedKeys)];
}

/** `PropertyNameExpected` as “property name expected”. */
function inWords(code: string): string {
  return code.replace(/\B[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
