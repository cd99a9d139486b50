export default {
  testEnvironment: 'node',
  maxWorkers: '100%', // most tests wait for a process of their own
  testTimeout: 60_000, // a busy machine takes ten times as long as an idle one
  workerIdleMemoryLimit: '128MB', // a process starts its children the slower the more memory it has: 7 ms with 50 MB, 35 with 800
  globalSetup: '<rootDir>/test/support/before-run.js',
  globalTeardown: '<rootDir>/test/support/run-folder.js',
  testSequencer: '<rootDir>/test/support/long-first.js',
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript' }, experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  // What runs only in a process of its own, such as lib/cli/program.ts and the worker threads, counts as not reached.
  collectCoverageFrom: ['lib/**/*.ts', 'rules/**/*.ts'],
  coverageProvider: 'babel', // V8's takes the lines of a file of types for code that never ran
  coverageThreshold: { global: { statements: 95, branches: 91, functions: 95, lines: 95 } }, // a point or two below what it is
  coverageReporters: ['lcov', ['text', { skipFull: true }]],
}
