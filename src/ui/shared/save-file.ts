/** Hands a text to the browser to be saved as a file. */
export function saveFile(name: string, type: string, content: string): void {
  saveBlob(name, new Blob([content], { type }));
}

/** The same for bytes. They are only saved: nothing of them is opened or run. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
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
