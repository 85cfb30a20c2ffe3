import type { FieldView } from '../match/field-view.ts'

/** Who and what an event names, by which groups and incidents are formed. */
export interface EventEntities {
  readonly host?: string
  readonly account?: string
  readonly process?: string
  readonly addresses: readonly string[]
}

/** Names of the same thing, Sigma's first, then those of forms that no mapping knows; the first that is there counts. */
const HOST = [
  'Computer',
  'Hostname',
  'ComputerName',
  'host.name',
  'host.hostname',
  'hostname',
  'host',
  'agent.hostname',
  'agent.name',
  'id.orig_h',
]
const ACCOUNT = ['TargetUserName', 'SubjectUserName', 'user.name', 'userIdentity.userName', 'User', 'acct']
const PROCESS = ['Image', 'NewProcessName', 'process.executable', 'exe']
const ADDRESSES = [
  ...['SourceIp', 'DestinationIp', 'IpAddress', 'source.ip', 'destination.ip'],
  ...['id.orig_h', 'id.resp_h', 'sourceIPAddress', 'src_ip', 'dest_ip', 'ip'],
]
const EMPTY = new Set(['', '-', '::1', '127.0.0.1', '0.0.0.0'])
const LONGEST = 256

/** Reads through the mapping of the event, as rules do. */
export function entitiesOf(view: FieldView): EventEntities {
  const [host, account, process] = [first(view, HOST), first(view, ACCOUNT), first(view, PROCESS)]
  return {
    ...(host === undefined ? {} : { host }),
    ...(account === undefined ? {} : { account }),
    ...(process === undefined ? {} : { process }),
    addresses: [...new Set(ADDRESSES.flatMap((name) => textOf(view, name) ?? []))],
  }
}

function first(view: FieldView, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = textOf(view, name)
    if (value !== undefined) return value
  }
  return undefined
}

function textOf(view: FieldView, name: string): string | undefined {
  for (const value of view.values(name)) {
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const text = String(value).slice(0, LONGEST)
    if (!EMPTY.has(text)) return text
  }
  return undefined
}
