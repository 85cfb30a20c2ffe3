import { type HostConfig, servePipeline } from './serve-pipeline.ts'

await servePipeline(JSON.parse(process.argv[2] ?? '{}') as HostConfig)
