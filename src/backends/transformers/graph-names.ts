/** Which graph of the model the library is to ask for, in its own words. */
import { BackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';

export interface GraphNames {
  readonly subfolder: string;
  /** Without dtype and ending: `model`, `decoder_model_merged`. */
  readonly model_file_name: string;
  readonly dtype: 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'bnb4' | 'q4f16';
  /** Number of `.onnx_data` files beside the graph. */
  readonly use_external_data_format: number;
}

const suffixes: Readonly<Record<string, GraphNames['dtype']>> = {
  '': 'fp32',
  _fp16: 'fp16',
  _quantized: 'q8',
  _int8: 'int8',
  _uint8: 'uint8',
  _q4: 'q4',
  _bnb4: 'bnb4',
  _q4f16: 'q4f16',
};

/** @throws BackendError `load-failed` where there is no graph, or its name says no dtype that the library knows */
export function graphNames({ files, label }: LocalModel): GraphNames {
  const path = files.find((file) => file.path.endsWith('.onnx'))?.path;
  const match = /^(?:(.*)\/)?(model|decoder_model_merged)(_[a-z0-9]+)?\.onnx$/.exec(path ?? '');
  const dtype = suffixes[match?.[3] ?? ''];
  if (path === undefined || !match || dtype === undefined) {
    throw new BackendError('load-failed', `${label} has no ONNX graph of a kind that this engine knows.`, {
      said: path ?? 'There is no .onnx file.',
      hint: 'Choose another build of this model.',
    });
  }
  const external = files.filter((file) => file.path.startsWith(`${path}_data`)).length;
  return {
    subfolder: match[1] ?? '',
    model_file_name: match[2] ?? 'model',
    dtype,
    use_external_data_format: external,
  };
}
