/** The catalogue as lines for a terminal, with what lies in the models folder already. */
import { ModelsFolder } from '../../relay/serve/models-folder';
import { type LocalModel, modelBytes } from '../../src/core/local-model';
import { buildModelId } from '../../src/models/catalogue/build-model-id';
import { catalogue } from '../../src/models/catalogue/catalogue';
import type { CatalogueBuild } from '../../src/models/catalogue/catalogue-model';

/** @param directory the models folder */
export async function catalogueLines(directory: string): Promise<string[]> {
  const here = await new ModelsFolder(directory).list();
  const listed = catalogue.flatMap((model) => [
    `${model.id}  ${model.label}, ${model.license}. ${model.summary}`,
    ...model.builds.map((build) => {
      const isHere = here.some((one) => isSame(one, build, buildModelId(model, build)));
      const size = `${build.isExact ? '' : '≈ '}${megabytes(build.bytes)}`;
      return `    --engine ${build.engine.padEnd(12)} --build ${build.quantization.padEnd(8)} ${size.padStart(10)}${isHere ? '  in models/' : ''}`;
    }),
  ]);
  const others = here.filter(
    (one) =>
      !catalogue.some((model) =>
        model.builds.some((build) => isSame(one, build, buildModelId(model, build))),
      ),
  );
  const rest = others.map((one) => `    ${one.engine.padEnd(12)} ${one.id} (${megabytes(modelBytes(one))})`);
  return [...listed, ...(rest.length > 0 ? ['Also in models/:', ...rest] : [])];
}

/** The starter model lies there under the name of its file. */
function isSame(model: LocalModel, build: CatalogueBuild, id: string): boolean {
  if (model.engine !== build.engine) return false;
  return (
    model.id === id ||
    (build.sha256 !== undefined && model.files.some(({ sha256 }) => sha256 === build.sha256))
  );
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
