/** A conversation's first name: the beginning of its first message, cut at a word. */
const longest = 60;

export function titleFrom(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line === '') return 'New conversation';
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).trimEnd()}…`;
}
