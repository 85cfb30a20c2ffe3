export * from './export-file.ts'
export * from './predicates/index.ts'
export * from './record.ts'
