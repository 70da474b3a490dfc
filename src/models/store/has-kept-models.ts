/** Whether anything was ever kept in this browser: asked before the code of the downloader is fetched. */

/** In the browser's private file system. */
export const modelsFolderName = 'models';

/** False too where the browser has or allows no private files. */
export async function hasKeptModels(): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle(modelsFolderName);
    return true;
  } catch {
    return false;
  }
}
