import { join } from 'node:path'
import { FILE_LINE_BYTES } from '../ingest/line-limit.ts'
import { TcpListener } from '../ingest/tcp-listener.ts'
import { ruleFolder } from './events.fixture.ts'
import { Pipeline } from './pipeline.ts'
import type { PipelineAlert } from './pipeline-alert.ts'
import type { PipelineOptions } from './pipeline-options.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'

const SMALL = { slabs: 16, slabBytes: 64 * 2 ** 10, largeBytes: 40 * 2 ** 20 }

/** Every alert that was stored. */
export async function storedAlerts(folder: string): Promise<PipelineAlert[]> {
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const alerts: PipelineAlert[] = []
  for await (const step of sink.replay(0)) alerts.push(...step.alerts)
  await sink.close()
  return alerts
}

/** A small pipeline with one rule, one thread, its alerts in files and a TCP listener. */
export async function run(
  folder: string,
  options: Partial<PipelineOptions> = {},
): Promise<{ pipeline: Pipeline; tcp: TcpListener }> {
  const sink = options.sink ?? (await FileAlertSink.open(join(folder, 'alerts')))
  const rules = { path: ruleFolder(folder), licence: 'DRL 1.1' }
  const pipeline = await Pipeline.start({ folder, rules, sink, threads: 1, memory: SMALL, ...options })
  const tcp = new TcpListener({ port: 0, maxLineBytes: FILE_LINE_BYTES })
  await pipeline.addSource(tcp)
  return { pipeline, tcp }
}
