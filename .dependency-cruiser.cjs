/** The arrows of ARCHITECTURE.md as rules. Each comment says what to do instead. */
const only = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only(
      'no-cycles',
      // A list holds blocks and a block may be a list: these components are recursive by nature.
      { pathNot: '^src/ui/shared/markdown/' },
      { circular: true },
      'Move the shared part into a file of its own.',
    ),
    only(
      'no-orphans',
      {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^src/main\\.ts$',
          '^(relay/server|runner/main)\\.ts$',
          '^src/core/generate\\.ts$',
        ],
      },
      {},
      'Nothing imports this file: wire it in or delete it.',
    ),
    only(
      'core-imports-nothing',
      { path: '^src/core' },
      { pathNot: '^src/core' },
      'core is the vocabulary: put code that needs something else in the folder that needs it.',
    ),
    only(
      'platform-imports-nothing',
      { path: '^src/platform' },
      { path: '^(src/(?!platform)|relay)' },
      'platform holds small facilities that every folder may use: nothing of ours below it, a library at most.',
    ),
    only(
      'ui-does-no-io',
      { path: '^src/ui' },
      { path: '^src/(backends|retrievers|storage|app)', dependencyTypesNot: ['type-only'] },
      'A screen talks to src/state; types come from src/core.',
    ),
    only(
      'state-below-ui',
      { path: '^src/state' },
      { path: '^src/(ui|app)' },
      'State does not know the screens.',
    ),
    only(
      'state-uses-the-registry',
      { path: '^src/state' },
      {
        path: '^src/backends/(?!registry|presets|relay-api|detect-server-kind|doctor/diagnose\\.ts$|doctor/doctor-tools\\.ts$)',
      },
      'Ask src/backends/registry.ts for a backend, relay-api.ts for the relay, doctor/diagnose.ts for what is wrong.',
    ),
    only(
      'backends-are-leaves',
      { path: '^src/backends' },
      { path: '^src/(app|ui|state|storage)' },
      'A backend knows core and nothing above it.',
    ),
    only(
      'backends-do-not-know-each-other',
      { path: '^src/backends/([^/]+)/', pathNot: '^src/backends/shared/' },
      { path: '^src/backends/([^/]+)/', pathNot: ['^src/backends/$1/', '^src/backends/shared/'] },
      'Share through src/backends/shared.',
    ),
    only(
      'storage-is-a-leaf',
      { path: '^src/storage' },
      { path: '^src/(app|ui|state|backends)' },
      'Storage knows core only.',
    ),
    only(
      'tools-are-leaves',
      { path: '^src/tools' },
      { path: '^src/(app|ui|state|storage|backends|models|offline)' },
      'A tool knows core and platform; what else it needs is handed to it by state.',
    ),
    only(
      'compare-is-a-leaf',
      { path: '^src/compare' },
      { path: '^src/(app|ui|state|storage|backends|models|tools|offline)' },
      'compare reckons with core and platform; what it needs of the page is handed to it by state.',
    ),
    only(
      'batch-is-a-leaf',
      { path: '^src/batch' },
      { path: '^src/(app|ui|state|storage|backends|models|tools|offline)' },
      'batch knows core, platform and the reckoning of compare; backends and storage are handed to it by state or by the runner.',
    ),
    only(
      'documents-is-a-leaf',
      { path: '^src/documents' },
      { path: '^src/(app|ui|state|storage|backends|retrievers|models|tools|compare|batch|offline)' },
      'documents reads, cuts and searches with core and platform; rows, files and models are handed to it by state.',
    ),
    only(
      'retrievers-are-leaves',
      { path: '^src/retrievers' },
      { path: '^src/(app|ui|state|storage|backends|models|tools|compare|batch|offline)' },
      'A retriever asks a search elsewhere with core, platform and the reckoning of documents; who asks is state.',
    ),
    only(
      'compare-does-not-know-batches',
      { path: '^src/compare' },
      { path: '^src/batch' },
      'A batch uses what compares; the other way round nothing is needed.',
    ),
    only(
      'nothing-knows-the-runner',
      { path: '^(src|relay)' },
      { path: '^runner' },
      'The runner is a program of its own: what others need too belongs in src/batch.',
    ),
    only(
      'runner-is-no-page',
      { path: '^runner' },
      {
        path: '^(src/(app|ui|state|storage|models|tools|offline)|src/backends/(?!server-backend\\.ts$)|relay/(?!settings/))',
      },
      'The runner uses src/batch, src/core, server-backend.ts and the settings of the relay.',
    ),
    only(
      'models-is-a-leaf',
      { path: '^src/models' },
      { path: '^src/(app|ui|state|backends|storage|offline)', dependencyTypesNot: ['type-only'] },
      'models knows core and platform only; engines get files from it through the shelf that state hands them.',
    ),
    only(
      'engines-stay-in-workers',
      { path: '^src', pathNot: '\\.worker\\.ts$|^src/backends/(wllama|transformers|webllm)/' },
      {
        path: 'node_modules/(@wllama|@huggingface/transformers|@mlc-ai|onnxruntime-web)',
        dependencyTypesNot: ['type-only'],
      },
      'Import the engine in its worker; elsewhere import its types only.',
    ),
    only(
      'idb-stays-in-storage',
      { path: '^src', pathNot: '^src/storage' },
      { path: 'node_modules/idb' },
      'Use a repository of src/storage.',
    ),
    only(
      'relay-knows-nothing-of-the-page',
      { path: '^relay' },
      { path: '^src/(?!core)', dependencyTypesNot: ['type-only'] },
      'The relay may use the vocabulary of src/core and nothing else of the page.',
    ),
    only(
      'page-knows-only-the-relay-contract',
      { path: '^src' },
      { path: '^relay/(?!contract)' },
      'What both sides share belongs in relay/contract.ts.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'default'],
      extensions: ['.ts', '.js', '.svelte', '.json'],
    },
  },
};
