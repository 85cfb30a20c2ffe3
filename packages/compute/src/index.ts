export { readSnapshot } from './model/read-snapshot.ts'
export * from './model/snapshot.ts'
export { snapshotErrors } from './model/snapshot-errors.ts'
