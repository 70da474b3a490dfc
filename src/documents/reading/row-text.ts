/** One row of a table as a line that makes sense by itself: `name: Ada; year: 1815`. */

/** @param names of the columns; where one is missing or blank, the field stands alone */
export function rowText(names: readonly string[], fields: readonly string[]): string {
  const named = fields.flatMap((field, column) => {
    const value = oneLine(field);
    const name = oneLine(names[column] ?? '');
    if (value === '') return [];
    return name === '' ? [value] : [`${name}: ${value}`];
  });
  return named.join('; ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
