/** The floors of docs/decisions/0001: arrows point downward only. */
const floors = {
  kernel: [],
  statistics: ['kernel'],
  evidence: ['kernel'],
  store: ['kernel'],
  sandbox: ['kernel', 'store'],
  ledger: ['kernel', 'evidence', 'store'],
  sdk: ['kernel', 'evidence'],
}
const base = ['kernel', 'statistics', 'evidence', 'store', 'sandbox', 'ledger', 'sdk']
for (const domain of ['dataspace', 'hub', 'compute', 'benchmark', 'automation', 'portfolio']) floors[domain] = base

const downwardOnly = Object.entries(floors).map(([name, below]) => ({
  name: `${name}-looks-down-only`,
  severity: 'error',
  from: { path: `^packages/${name}/` },
  to: { path: '^(packages|apps|packs)/', pathNot: `^packages/(${[name, ...below].join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...downwardOnly,
    {
      name: 'console-talks-through-the-sdk',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^(packages|apps|packs)/', pathNot: '^(apps/console|packages/sdk)/' },
    },
    {
      name: 'packs-stand-on-domains',
      severity: 'error',
      from: { path: '^packs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'only-the-front-door',
      comment: 'from another package only its index.ts may be imported',
      severity: 'error',
      from: { path: '^(packages|apps|packs)/([^/]+)/' },
      to: { path: '^(packages|packs)/[^/]+/src/', pathNot: ['^$1/$2/', '/src/index\\.ts$'] },
    },
    {
      name: 'pure-floors-do-no-io',
      comment: 'kernel, statistics, evidence and sdk run in a browser: node:crypto only, and only in kernel',
      severity: 'error',
      from: {
        path: '^packages/(statistics|evidence|sdk|kernel)/src/',
        pathNot: ['\\.test\\.ts$', '/crypto-node\\.ts$'],
      },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|\\.test\\.tsx?$)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
  },
}
