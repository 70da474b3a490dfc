/** Hands a text to the browser to be saved as a file. */
export function saveFile(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes once this task has ended.
  setTimeout(() => URL.revokeObjectURL(url));
}

/** A title as the name of a file: letters and digits of any script, words joined by hyphens, 60 characters at most. */
export function fileNameFrom(title: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return Array.from(words.join('-')).slice(0, 60).join('') || 'untitled';
}
