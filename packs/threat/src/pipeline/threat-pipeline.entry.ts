import { realpath } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { ListenOptions } from '../ingest/access.ts'
import { HttpListener } from '../ingest/http-listener.ts'
import { NatsSource, type NatsSourceOptions } from '../ingest/nats/nats-source.ts'
import { TcpListener } from '../ingest/tcp-listener.ts'
import type { RuleSource } from './detector/detector-protocol.ts'
import { Pipeline, type PipelineOptions } from './pipeline.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'

/** The first argument, as JSON. */
interface HostConfig {
  readonly folder: string
  readonly alerts: string
  readonly rules: RuleSource
  readonly tcp?: ListenOptions
  readonly http?: ListenOptions
  readonly nats?: NatsSourceOptions
  readonly options?: Partial<Pick<PipelineOptions, 'threads' | 'memory' | 'segmentBytes' | 'checkpointMs'>>
}

type Order =
  | { readonly status: true }
  | { readonly forgetLatency: true }
  | { readonly reload: RuleSource }
  | { readonly stop: true }

const say = (value: unknown): boolean => process.stdout.write(`${JSON.stringify(value)}\n`)
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

// A pipeline as a process of its own. Orders come as JSON lines on standard input, answers go to standard output;
// the end of standard input ends it.
const { folder, alerts, rules, tcp, http, nats, options } = JSON.parse(process.argv[2] ?? '{}') as HostConfig
const pipeline = await Pipeline.start({ folder, rules, sink: await FileAlertSink.open(alerts), ...options })
const tcpListener = tcp && new TcpListener(tcp)
const httpListener = http && new HttpListener(http)
if (tcpListener) await pipeline.addSource(tcpListener)
if (httpListener) await pipeline.addSource(httpListener)
if (nats) await pipeline.addSource(new NatsSource(nats))
say({ ready: { pid: process.pid, folder: await realpath(folder), tcp: tcpListener?.port, http: httpListener?.port } })

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order
  if ('stop' in order) break
  if ('status' in order)
    say({ status: { ...pipeline.status(), rss: process.memoryUsage.rss(), cpu: process.cpuUsage() } })
  else if ('forgetLatency' in order) pipeline.forgetLatency()
  else
    await pipeline.reload(order.reload).then(
      (report) => say({ reloaded: report }),
      (error) => say({ refused: textOf(error) }),
    )
}
await pipeline.stop()
process.exit(0)
