/** A real WebLLM model that somebody names by two addresses: its folder and its compiled library. */
import { type LocalModel, type ModelFile, webLlmLibraryPath } from '../../src/core/local-model';

/**
 * @param modelUrl the folder of a build for 32-bit floats, with `mlc-chat-config.json`
 * @param libraryUrl its compiled library. Both must be readable from another origin
 * @param facts what the files do not tell, for example that the model embeds
 * @throws TypeError or SyntaxError where the folder has no list of weights
 */
export async function givenWebLlmModel(
  modelUrl: string,
  libraryUrl: string,
  facts: Partial<LocalModel> = {},
): Promise<LocalModel> {
  const folder = modelUrl.endsWith('/') ? modelUrl : `${modelUrl}/`;
  const list = (await (await fetch(`${folder}tensor-cache.json`)).json()) as {
    records: { dataPath: string; nbytes: number }[];
  };
  const file = (path: string, source = folder + path, bytes = 0): ModelFile => ({
    path,
    sources: [source],
    bytes,
  });
  const files = [
    ...['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json'].map((path) => file(path)),
    ...list.records.map(({ dataPath, nbytes }) => file(dataPath, folder + dataPath, nbytes)),
    file(webLlmLibraryPath, libraryUrl),
  ];
  const id = folder.split('/').at(-2) ?? 'model';
  return { id, engine: 'webllm', label: id, files, ...facts };
}
