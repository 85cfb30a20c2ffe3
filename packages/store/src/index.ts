export * from './blob-store.ts'
export * from './entry-file.ts'
export * from './job-queue.ts'
export * from './store.ts'
