/** One line of the Linux audit log. */
export interface AuditRecord {
  readonly type: string
  /** `audit(seconds:number)`: the same in all records of an event. */
  readonly id: string
  readonly node: string | undefined
  readonly timeMs: number
  /** Values decoded: quotes taken off, hexadecimal text made readable. */
  readonly fields: readonly (readonly [name: string, value: string])[]
}

const HEAD = /^(?:node=(\S{1,255}) )?type=(\w{1,64}|UNKNOWN\[\d+\]) msg=(audit\((\d{1,12})\.(\d{3}):\d{1,20}\)): ?/
const FIELD = /([\w[\].-]{1,64})=(?:"([^"]*)"|'([^']*)'|(\S*))/g
/** Separates what auditd wrote from what it explains in addition (ENRICHED). */
const ENRICHMENT = '\u001d'
const HEX = /^(?:[0-9A-F]{2})+$/
/** Fields that the kernel writes as hexadecimal text where they hold blanks, quotes or control characters. */
const TEXTS = new Set([
  'acct',
  'cmd',
  'comm',
  'cwd',
  'data',
  'dir',
  'exe',
  'file',
  'grp',
  'key',
  'name',
  'path',
  'proctitle',
])
const ARGUMENT = /^a\d+(?:\[\d+\])?$/

/** Undefined where the text is no audit record. */
export function readAuditRecord(text: string): AuditRecord | undefined {
  const [head, node, type = '', id = '', seconds, milliseconds] = HEAD.exec(text) ?? []
  if (head === undefined) return undefined
  const fields = fieldsOf(type, text.slice(head.length).replaceAll(ENRICHMENT, ' '))
  return { type, id, node, timeMs: Number(seconds) * 1000 + Number(milliseconds), fields }
}

function fieldsOf(type: string, text: string): (readonly [string, string])[] {
  return [...text.matchAll(FIELD)].flatMap(([, name = '', quoted, inner, bare = '']) => {
    // what a program reports stands in quotes of its own: msg='op=login acct="root"'
    if (inner !== undefined) return name === 'msg' ? fieldsOf(type, inner) : [[name, inner] as const]
    return [[name, quoted ?? decoded(type, name, bare)] as const]
  })
}

function decoded(type: string, name: string, value: string): string {
  const isText = TEXTS.has(name) || (type === 'EXECVE' && ARGUMENT.test(name))
  if (!isText || !HEX.test(value)) return value
  return Buffer.from(value, 'hex').toString('utf8').replace(/\0+$/, '').replaceAll('\0', ' ')
}
