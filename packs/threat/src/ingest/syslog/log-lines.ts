import { AuditEvents } from './audit-events.ts'
import { readAuditRecord } from './audit-record.ts'
import { readSyslogMessage, type SyslogMessage } from './syslog-message.ts'

/** A line without the header of any form is kept as a message, and counted. */
export type LogTextFault = 'log_line'

export interface LogLinesOptions {
  readonly onFault: (fault: LogTextFault) => void
  readonly now: () => number
}

const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'informational', 'debug']
/** Shorter JSON cannot be nested too deep. */
const DEEP = 4096
const CEE = /^\s*@cee:\s*/
const SUDO_FIELD = /(?:^|; |: )(TTY|PWD|USER|COMMAND|ENV)=(.*?)(?= ; (?:TTY|PWD|USER|COMMAND|ENV)=|$)/g

type Fields = Record<string, unknown>

/**
 * Makes JSON lines of log lines as text: syslog (mapping/zz-syslog.yml), JSON inside syslog under its own names, records
 * of the Linux audit log put together (mapping/9-auditd.yml).
 */
export class LogLines {
  readonly #options: LogLinesOptions
  readonly #audit = new AuditEvents()

  constructor(options: LogLinesOptions) {
    this.#options = options
  }

  /** JSON lines that this line completes: none, one or several. */
  push(line: string): string {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line
    if (text.trim() === '') return ''
    return text.startsWith('type=') || text.startsWith('node=') ? this.#auditOr(text, text) : this.#syslog(text)
  }

  /** What still waits for more of its kind. */
  end(): string {
    return this.#audit.end().map(jsonLine).join('')
  }

  #syslog(text: string): string {
    const message = readSyslogMessage(text, this.#options.now())
    if (!message) return this.#unknown(text)
    if (message.message.startsWith('type=') || message.message.startsWith('node='))
      return this.#auditOr(message.message, message)
    return jsonLine(eventOf(message))
  }

  #auditOr(text: string, instead: SyslogMessage | string): string {
    const record = readAuditRecord(text)
    if (record) {
      const node = typeof instead === 'string' ? record.node : (record.node ?? instead.hostname)
      return this.#audit
        .push({ ...record, node })
        .map(jsonLine)
        .join('')
    }
    return typeof instead === 'string' ? this.#unknown(instead) : jsonLine(eventOf(instead))
  }

  #unknown(message: string): string {
    this.#options.onFault('log_line')
    return jsonLine({ message, log: { syslog: { format: 'unknown' } } })
  }
}

const jsonLine = (event: object): string => `${JSON.stringify(event)}\n`

function eventOf(message: SyslogMessage): Fields {
  const envelope: Fields = {
    ...(message.timeMs !== undefined && { '@timestamp': new Date(message.timeMs).toISOString() }),
    ...(message.hostname !== undefined && { host: { hostname: message.hostname } }),
    log: { syslog: headerOf(message) },
  }
  const payload = jsonOf(message.message)
  if (payload) return { ...envelope, ...payload, ...besideOwn(payload, envelope) }
  const sudo = message.appName === 'sudo' ? Object.fromEntries(sudoFields(message.message)) : {}
  return { ...envelope, ...sudo, message: message.message }
}

/** Where the payload has a name of the envelope, both stand there: who sent it, and by what, must not be hidden. */
function besideOwn(payload: Fields, { log, host }: Fields): Fields {
  return {
    ...(payload.log !== undefined && { log: [payload.log, log] }),
    ...(payload.host !== undefined && host !== undefined && { host: [payload.host, host] }),
  }
}

function headerOf({ format, priority, appName, processId, messageId, structuredData }: SyslogMessage): Fields {
  return {
    format,
    ...(priority !== undefined && {
      priority,
      facility: { code: priority >> 3 },
      severity: { code: priority & 7, name: SEVERITIES[priority & 7] },
    }),
    ...(appName !== undefined && { appname: appName }),
    ...(processId !== undefined && { procid: processId }),
    ...(messageId !== undefined && { msgid: messageId }),
    ...(structuredData && { structured_data: structuredData }),
  }
}

/** JSON in a message, with or without the cookie of CEE. */
function jsonOf(message: string): Fields | undefined {
  const text = message.replace(CEE, '')
  if (!text.startsWith('{')) return undefined
  try {
    const value = JSON.parse(text) as Fields
    // what is nested too deep to be written again fails here
    if (text.length > DEEP) JSON.stringify(value)
    return value
  } catch {
    return undefined
  }
}

function* sudoFields(message: string): Generator<readonly [string, string]> {
  for (const [, name = '', value = ''] of message.matchAll(SUDO_FIELD)) yield [name, value]
}
