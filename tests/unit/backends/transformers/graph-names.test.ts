import { describe, expect, it } from 'vitest';
import { graphNames } from '../../../../src/backends/transformers/graph-names';
import type { LocalModel } from '../../../../src/core/local-model';

function modelWith(...paths: string[]): LocalModel {
  const files = paths.map((path) => ({ path, sources: [], bytes: 1 }));
  return { id: 'm', engine: 'transformers', label: 'M', files };
}

describe('how the library is to ask for the graph', () => {
  it.each([
    ['onnx/model.onnx', 'onnx', 'model', 'fp32'],
    ['onnx/model_quantized.onnx', 'onnx', 'model', 'q8'],
    ['onnx/model_q4f16.onnx', 'onnx', 'model', 'q4f16'],
    ['onnx/decoder_model_merged_fp16.onnx', 'onnx', 'decoder_model_merged', 'fp16'],
    ['model_q4.onnx', '', 'model', 'q4'],
  ])('%s', (path, subfolder, model_file_name, dtype) => {
    expect(graphNames(modelWith('config.json', path))).toEqual({
      subfolder,
      model_file_name,
      dtype,
      use_external_data_format: 0,
    });
  });

  it('counts the files of weights beside the graph', () => {
    const model = modelWith('onnx/model_q4.onnx', 'onnx/model_q4.onnx_data', 'onnx/model_q4.onnx_data_1');
    expect(graphNames(model)).toMatchObject({ use_external_data_format: 2 });
  });

  it.each([[['config.json']], [['onnx/encoder.onnx']], [['onnx/model_strange.onnx']]])(
    '%j has none',
    (paths) => {
      expect(() => graphNames(modelWith(...paths))).toThrow(/no ONNX graph/);
    },
  );
});
