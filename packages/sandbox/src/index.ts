export * from './errors.ts'
export * from './open-sandbox.ts'
export * from './sandbox.ts'
