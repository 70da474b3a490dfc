/** Keeps the objects of an earlier reading wherever the new one says the same, so that the page leaves them alone. */
import { reuseChunks } from './code-chunks';
import type { BlockNode, InlineNode, ListItemNode, TableRowNode } from './markdown-node';

/**
 * Both nodes were read with the same link definitions. The content is compared, not only the source:
 * what follows a block can change how marked reads the same source.
 */
export function reuseBlock(before: BlockNode | undefined, after: BlockNode): BlockNode {
  const node = withOldParts(before, after);
  return before !== undefined && isSame(before, node) ? before : node;
}

/** The new node, made of old parts as far as they still fit. */
function withOldParts(before: BlockNode | undefined, after: BlockNode): BlockNode {
  switch (after.type) {
    case 'paragraph':
    case 'line':
    case 'heading':
      if (before === undefined || !('children' in before)) return after;
      return { ...after, children: reuseAll(before.children, after.children, reuseInline) };
    case 'code':
      if (before?.type !== 'code') return after;
      return { ...after, chunks: reuseChunks(before.chunks, after.chunks) };
    case 'quote':
      if (before?.type !== 'quote') return after;
      return { ...after, blocks: reuseAll(before.blocks, after.blocks, reuseBlock) };
    case 'list':
      if (before?.type !== 'list') return after;
      return { ...after, items: reuseAll(before.items, after.items, reuseItem) };
    case 'table':
      if (before?.type !== 'table') return after;
      return {
        ...after,
        align: reuseAll(before.align, after.align, (_, align) => align),
        header: reuseRow(before.header, after.header),
        rows: reuseAll(before.rows, after.rows, reuseRow),
      };
    default:
      return after;
  }
}

/** The old list itself when nothing in it changed. */
function reuseAll<Node>(
  before: readonly Node[],
  after: readonly Node[],
  reuse: (before: Node | undefined, after: Node) => Node,
): readonly Node[] {
  if (before === after) return before;
  const nodes = after.map((node, index) => reuse(before[index], node));
  const isUnchanged = nodes.length === before.length && nodes.every((node, index) => node === before[index]);
  return isUnchanged ? before : nodes;
}

function reuseItem(before: ListItemNode | undefined, after: ListItemNode): ListItemNode {
  if (before === undefined) return after;
  const item = { ...after, blocks: reuseAll(before.blocks, after.blocks, reuseBlock) };
  return isSame(before, item) ? before : item;
}

function reuseRow(before: TableRowNode | undefined, after: TableRowNode): TableRowNode {
  if (before === undefined) return after;
  const cells = reuseAll(before.cells, after.cells, (old = [], cell) => reuseAll(old, cell, reuseInline));
  return cells === before.cells ? before : { cells };
}

function reuseInline(before: InlineNode | undefined, after: InlineNode): InlineNode {
  return before?.type === after.type && before.raw === after.raw ? before : after;
}

/** Equal in every field, one level deep: parts that did not change are the same objects by now. */
function isSame<Node extends object>(before: Node, after: Node): boolean {
  const fields = Object.entries(after);
  return (
    fields.length === Object.keys(before).length &&
    fields.every(([name, value]) => Object.is(Reflect.get(before, name), value))
  );
}
