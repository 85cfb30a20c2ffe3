import { type HostConfig, servePipeline } from '../../pipeline/serve-pipeline.ts'
import { houseStages } from './house-stages.ts'

// A pipeline as a process of its own, with the stages of the house behind detection.
const config = JSON.parse(process.argv[2] ?? '{}') as HostConfig
await servePipeline(config, await houseStages(config.rules))
