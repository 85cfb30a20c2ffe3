import { AppError, type Text } from '@dengta/kernel'
import { FolderSource } from '../../ingest/folder-source.ts'
import { HttpListener } from '../../ingest/http-listener.ts'
import { NatsSource } from '../../ingest/nats/nats-source.ts'
import type { EventSource } from '../../ingest/source.ts'
import { SyslogTcpListener } from '../../ingest/syslog/syslog-tcp-listener.ts'
import { SyslogUdpListener } from '../../ingest/syslog/syslog-udp-listener.ts'
import { TcpListener } from '../../ingest/tcp-listener.ts'
import type { ThreatSettings } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'

/** Milliseconds between looks into the folder. */
const FOLLOW_MS = 1000

/** The sources that are configured; all are off unless they are. */
export function sourcesOf({ tcp, http, syslog, nats, folder }: ThreatSettings): EventSource[] {
  return [
    ...(tcp ? [new TcpListener(tcp)] : []),
    ...(http ? [new HttpListener(http)] : []),
    ...(syslog ? [new SyslogTcpListener(syslog), new SyslogUdpListener(syslog)] : []),
    ...(nats ? [new NatsSource(nats)] : []),
    ...(folder === undefined ? [] : [new FolderSource({ path: folder, followMs: FOLLOW_MS })]),
  ]
}

/** Where events are taken in, for whoever started the house. */
export function openText(sources: readonly EventSource[]): Text {
  const list = sources.map((source) => source.status()).map(({ kind, at }) => `${kind} ${at}`)
  return { en: `events are taken in: ${list.join(', ')}`, zh: `正在接收事件：${list.join('，')}` }
}

/** Why a flow did not open, in words that say what to do; `folder` is that of the flow. */
export function unopened(thrown: unknown, folder: string): AppError {
  if (!(thrown instanceof AppError))
    return threatErrors.unopened({ why: thrown instanceof Error ? thrown.message : String(thrown) }, thrown)
  if (thrown.code !== 'store.locked') return thrown
  return threatErrors.flow_held({ folder, pid: thrown.details.pid ?? '?' }, thrown)
}
