import type { SeenAlert } from '../../group/seen-alert.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'

/** Names by which the forms of events call the same thing; the first that is there counts. */
const HOST = [
  'Computer',
  'Hostname',
  'ComputerName',
  'host.name',
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

/** An alert of the pipeline as grouping and triage see it. One without a host goes by the stream that it came from. */
export function seenAlertOf({ id, rule, event, eventMs, file }: PipelineAlert): SeenAlert {
  const account = first(event, ACCOUNT)
  const process = first(event, PROCESS)
  return {
    ...{ id, time: eventMs, signature: rule.title, level: rule.level, detector: detectorOf(rule.tags) },
    host: first(event, HOST) ?? file,
    addresses: [...new Set(ADDRESSES.flatMap((name) => textOf(event, name) ?? []))],
    techniques: techniquesOfTags(rule.tags),
    ...(account === undefined ? {} : { account }),
    ...(process === undefined ? {} : { process }),
  }
}

/** `attack.t1059.001` is T1059.001. */
export function techniquesOfTags(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => (/^attack\.t\d{4}(?:\.\d{3})?$/i.test(tag) ? [tag.slice(7).toUpperCase()] : []))
}

const DETECTOR = 'detector.'
export const detectorTag = (name: string): string => `${DETECTOR}${name}`

/** Alerts of foreign detectors carry their name as a tag; all others are ours. */
export function detectorOf(tags: readonly string[]): string {
  return tags.find((tag) => tag.startsWith(DETECTOR))?.slice(DETECTOR.length) ?? 'sigma'
}

function first(event: unknown, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = textOf(event, name)
    if (value !== undefined) return value
  }
  return undefined
}

/** A member by its name as written, or level by level along the dots. */
function textOf(event: unknown, name: string): string | undefined {
  if (typeof event !== 'object' || event === null) return undefined
  const members = event as Record<string, unknown>
  const found = Object.hasOwn(members, name)
    ? members[name]
    : name
        .split('.')
        .reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), event)
  if (typeof found !== 'string' && typeof found !== 'number') return undefined
  const text = String(found).slice(0, LONGEST)
  return EMPTY.has(text) ? undefined : text
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
