import { realpath } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { ListenOptions } from '../ingest/access.ts'
import { FolderSource, type FolderSourceOptions } from '../ingest/folder-source.ts'
import { HttpListener } from '../ingest/http-listener.ts'
import { NatsSource, type NatsSourceOptions } from '../ingest/nats/nats-source.ts'
import { TcpListener } from '../ingest/tcp-listener.ts'
import type { RuleSource } from './detector/detector-protocol.ts'
import { Pipeline } from './pipeline.ts'
import type { PipelineOptions } from './pipeline-options.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'
import type { Stage } from './stage/stage.ts'

/** What a pipeline as a process is started with, as JSON. */
export interface HostConfig {
  readonly folder: string
  readonly alerts: string
  readonly rules: RuleSource
  readonly tcp?: ListenOptions
  readonly http?: ListenOptions
  readonly nats?: NatsSourceOptions
  readonly files?: FolderSourceOptions
  readonly options?: Partial<Pick<PipelineOptions, 'threads' | 'memory' | 'segmentBytes' | 'checkpointMs'>>
}

type Order =
  | { readonly status: true }
  | { readonly forgetLatency: true }
  | { readonly reload: RuleSource }
  | { readonly stop: true }

const say = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value)}\n`)
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * A pipeline as a process of its own. Orders come as JSON lines on standard input, answers go to standard output; the end
 * of standard input ends it.
 */
export async function servePipeline(config: HostConfig, stages: readonly Stage[] = []): Promise<void> {
  const { folder, alerts, rules, options } = config
  const sink = await FileAlertSink.open(alerts)
  const pipeline = await Pipeline.start({ folder, rules, sink, stages, ...options })
  const ports = await openSources(pipeline, config)
  say({ ready: { pid: process.pid, folder: await realpath(folder), ...ports } })
  for await (const line of createInterface({ input: process.stdin })) {
    const order = JSON.parse(line) as Order
    if ('stop' in order) break
    await obey(order, pipeline)
  }
  await pipeline.stop()
  process.exit(0)
}

async function openSources(
  pipeline: Pipeline,
  { tcp, http, nats, files }: HostConfig,
): Promise<{ tcp: number | undefined; http: number | undefined }> {
  const tcpListener = tcp && new TcpListener(tcp)
  const httpListener = http && new HttpListener(http)
  const others = [nats && new NatsSource(nats), files && new FolderSource(files)]
  for (const source of [tcpListener, httpListener, ...others]) if (source) await pipeline.addSource(source)
  return { tcp: tcpListener?.port, http: httpListener?.port }
}

async function obey(order: Exclude<Order, { stop: true }>, pipeline: Pipeline): Promise<void> {
  if ('status' in order)
    say({ status: { ...pipeline.status(), rss: process.memoryUsage.rss(), cpu: process.cpuUsage() } })
  else if ('forgetLatency' in order) pipeline.forgetLatency()
  else
    await pipeline.reload(order.reload).then(
      (report) => say({ reloaded: report }),
      (error) => say({ refused: textOf(error) }),
    )
}
