import { AppError, type Text } from '@dengta/kernel'
import type { ThreatSource } from '@dengta/sdk'
import { FolderSource } from '../../ingest/folder-source.ts'
import { HttpListener } from '../../ingest/http-listener.ts'
import { NatsSource } from '../../ingest/nats/nats-source.ts'
import { SyslogTcpListener } from '../../ingest/syslog/syslog-tcp-listener.ts'
import { SyslogUdpListener } from '../../ingest/syslog/syslog-udp-listener.ts'
import { TcpListener } from '../../ingest/tcp-listener.ts'
import type { ThreatSettings } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import type { SourcePlan } from './kept-source.ts'

/** Milliseconds between looks into the folder. */
const FOLLOW_MS = 1000

/** The sources that are configured; all are off unless they are. */
export function sourcesOf({ tcp, http, syslog, nats, folder }: ThreatSettings): readonly SourcePlan[] {
  return [
    ...(tcp ? [{ kind: 'tcp', at: addressOf(tcp), make: () => new TcpListener(tcp) }] : []),
    ...(http ? [{ kind: 'http', at: addressOf(http), make: () => new HttpListener(http) }] : []),
    ...(syslog
      ? [
          { kind: 'syslog-tcp', at: addressOf(syslog), make: () => new SyslogTcpListener(syslog) },
          { kind: 'syslog-udp', at: addressOf(syslog), make: () => new SyslogUdpListener(syslog) },
        ]
      : []),
    ...(nats ? [{ kind: 'nats', at: `${nats.stream} ${nats.consumer}`, make: () => new NatsSource(nats) }] : []),
    ...(folder === undefined
      ? []
      : [{ kind: 'files', at: folder, make: () => new FolderSource({ path: folder, followMs: FOLLOW_MS }) }]),
  ]
}

function addressOf({ host = '127.0.0.1', port }: { readonly host?: string; readonly port: number }): string {
  return `${host}:${port}`
}

/** Where events are taken in and where not, for whoever started the house. */
export function openText(sources: readonly ThreatSource[]): Text {
  const open = sources.filter(({ state }) => state === 'open').map(({ kind, at }) => `${kind} ${at}`)
  const failed = failedText(sources)
  const en = open.length === 0 ? 'no events are taken in' : `events are taken in: ${open.join(', ')}`
  const zh = open.length === 0 ? '尚未接收事件' : `正在接收事件：${open.join('，')}`
  return failed ? { en: `${en}; ${failed.en}`, zh: `${zh}；${failed.zh}` } : { en, zh }
}

/** Which sources are not open, and why; undefined where all are. */
export function failedText(sources: readonly ThreatSource[]): Text | undefined {
  const failed = sources.flatMap(({ kind, at, reason }) => (reason ? [{ name: `${kind} ${at}`, reason }] : []))
  if (failed.length === 0) return undefined
  const list = (language: keyof Text) => failed.map(({ name, reason }) => `${name}: ${reason[language]}`).join('; ')
  return { en: `not open, and tried again: ${list('en')}`, zh: `未能接入，正在重试：${list('zh')}` }
}

/** Why a flow did not open, in words that say what to do; `folder` is that of the flow. */
export function unopened(thrown: unknown, folder: string): AppError {
  if (!(thrown instanceof AppError))
    return threatErrors.unopened({ why: thrown instanceof Error ? thrown.message : String(thrown) }, thrown)
  if (thrown.code !== 'store.locked') return thrown
  return threatErrors.flow_held({ folder, pid: thrown.details.pid ?? '?' }, thrown)
}
