import { DNS_VOLUME } from '../../dns-volume/dns-volume-stage.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import type { StageFinding } from '../../pipeline/stage/stage.ts'
import { CORRELATION } from './correlation-stage.ts'

const ALERTING = new Set([CORRELATION, DNS_VOLUME])

/** The alert that a stage has found; undefined for what is none. */
export function alertOfFinding({ stage, body }: StageFinding): PipelineAlert | undefined {
  return ALERTING.has(stage) ? (body as PipelineAlert) : undefined
}
