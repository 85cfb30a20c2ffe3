import { beforeAll, describe, expect, test } from 'vitest'
import { normalise } from '../../match/plain-matcher.ts'
import type { Format } from '../../normalise/format.ts'
import { loadMappings } from '../../normalise/mapping-files.ts'
import { LogLines } from './log-lines.ts'

/** 2024-01-01T12:00:00Z */
const NOW = 1_704_110_400_000
let formats: readonly Format[] = []
beforeAll(async () => {
  formats = await loadMappings()
})

function read(...lines: string[]): { events: Record<string, unknown>[]; faults: number } {
  let faults = 0
  const reader = new LogLines({ onFault: () => (faults += 1), now: () => NOW })
  const made = lines.map((line) => reader.push(line)).join('') + reader.end()
  const events = made.split('\n').filter((line) => line !== '')
  return { events: events.map((line) => JSON.parse(line) as Record<string, unknown>), faults }
}

const one = (line: string): Record<string, unknown> | undefined => read(line).events[0]

describe('headers', () => {
  test('RFC 5424: the examples of its section 6.5', () => {
    const head = '<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - '
    expect(one(`${head}\ufeff'su root' failed for lonvick on /dev/pts/8`)).toEqual({
      '@timestamp': '2003-10-11T22:14:15.003Z',
      host: { hostname: 'mymachine.example.com' },
      log: {
        syslog: {
          format: 'rfc5424',
          priority: 34,
          facility: { code: 4 },
          severity: { code: 2, name: 'critical' },
          appname: 'su',
          msgid: 'ID47',
        },
      },
      message: "'su root' failed for lonvick on /dev/pts/8",
    })
    const two =
      '[exampleSDID@32473 iut="3" eventSource="Application" eventID="1011"][examplePriority@32473 class="high"]'
    expect(one(`<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 evntslog - ID47 ${two}`)).toMatchObject({
      '@timestamp': '2003-08-24T12:14:15.000Z',
      log: {
        syslog: {
          structured_data: {
            'exampleSDID@32473': { iut: '3', eventSource: 'Application', eventID: '1011' },
            'examplePriority@32473': { class: 'high' },
          },
        },
      },
      message: '',
    })
    expect(one('<1>1 - - - - - [a b="1\\"2\\]3\\\\4"] m')).toMatchObject({
      log: { syslog: { structured_data: { a: { b: '1"2]3\\4' } } } },
      message: 'm',
    })
  })

  test('RFC 3164: its example, single digits of days, files without priority, ISO times', () => {
    expect(one("<34>Oct 11 22:14:15 mymachine su: 'su root' failed")).toMatchObject({
      '@timestamp': '2023-10-11T22:14:15.000Z',
      host: { hostname: 'mymachine' },
      log: { syslog: { format: 'rfc3164', priority: 34, appname: 'su' } },
      message: "'su root' failed",
    })
    expect(one('Jan  3 03:04:05 host sshd[77]: Failed password')).toMatchObject({
      '@timestamp': '2023-01-03T03:04:05.000Z',
      log: { syslog: { appname: 'sshd', procid: '77' } },
    })
    expect(one('Jan  1 23:04:05 root: from this machine')).toMatchObject({
      '@timestamp': '2024-01-01T23:04:05.000Z',
      log: { syslog: { appname: 'root' } },
    })
    expect(one('2024-01-01T10:00:00.123456+02:00 host kernel: [1.5] up')).toMatchObject({
      '@timestamp': '2024-01-01T08:00:00.123Z',
      host: { hostname: 'host' },
      message: '[1.5] up',
    })
  })

  test.each(['no header', '<999>1 - - - - - - m', '<34>1 - - - - - [open m', '<34>', '<-1>Oct 11 22:14:15 h a: m'])(
    'kept as a message and counted: %s',
    (line) => {
      expect(read(line)).toEqual({ events: [{ message: line, log: { syslog: { format: 'unknown' } } }], faults: 1 })
    },
  )
})

test('JSON in a message stands under its own names', () => {
  expect(one('<13>1 - h app - - - @cee: {"EventID":1,"message":"m"}')).toEqual({
    host: { hostname: 'h' },
    log: { syslog: expect.objectContaining({ appname: 'app' }) },
    EventID: 1,
    message: 'm',
  })
  const flat = one('<13>1 - h nxlog - - - {"Channel":"Security","EventID":4688}')
  expect(normalise(flat, formats).source.logSource).toMatchObject({ product: 'windows', category: 'process_creation' })
  expect(one('<13>1 - h app - - - {broken')).toMatchObject({ message: '{broken' })
})

test('JSON in a message hides neither who sent it nor by what', () => {
  const docker = one('<13>Jan  2 03:04:05 web1 app: {"log":"GET /","stream":"stdout","host":"shop.example"}')
  const { format, view } = normalise(docker, formats)
  expect(format?.id).toBe('syslog')
  expect(['appname', 'host.hostname', 'host', 'log'].map((field) => view.values(field))).toEqual([
    ['app'],
    ['web1'],
    ['shop.example'],
    ['GET /'],
  ])
  const nested = one('<13>Jan  2 03:04:05 web1 app: {"log":{"level":"info","syslog":1}}')
  expect(normalise(nested, formats).view.values('log.level')).toEqual(['info'])
  expect(normalise(nested, formats).format?.id).toBe('syslog')
})

test.each([
  ['2001:db8::7 sshd[7]: m', '2001:db8::7', 'sshd'],
  ['fe80::1%eth0 su: m', 'fe80::1%eth0', 'su'],
  ['192.0.2.7 su: m', '192.0.2.7', 'su'],
  ['su: m', undefined, 'su'],
  ['a::b: m', undefined, 'a'],
  ['host m', 'host', undefined],
])('the host of %s', (rest, hostname, appname) => {
  const event = one(`<13>Jan  2 03:04:05 ${rest}`)
  expect(event?.host).toEqual(hostname && { hostname })
  expect(normalise(event, formats).view.values('appname')).toEqual(appname ? [appname] : [])
})

test.each([
  ['Jan  2 03:04:05 h sshd[7]: m', 'sshd'],
  ['Jan  2 03:04:05 h CRON[7]: m', 'cron'],
  ['Jan  2 03:04:05 h pkexec: m', 'auth'],
  ['Jan  2 03:04:05 h named[1]: m', 'syslog'],
])('the log source of %s', (line, service) => {
  const { format, source } = normalise(one(line), formats)
  expect([format?.id, source.logSource]).toEqual(['syslog', { product: 'linux', service }])
})

test('sudo names its fields', () => {
  expect(
    one('Jan  2 03:04:05 h sudo:   bob : TTY=pts/0 ; PWD=/home/bob ; USER=#-1 ; COMMAND=/bin/ls -l ; x'),
  ).toMatchObject({ TTY: 'pts/0', PWD: '/home/bob', USER: '#-1', COMMAND: '/bin/ls -l ; x' })
})

describe('the audit log', () => {
  const syscall =
    'type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=59 success=yes exit=0 a0=7fff auid=500 comm="cat" exe="/bin/cat" key="sshd_config"\u001dARCH=x86_64 SYSCALL=execve AUID="bob"'
  const execve = 'type=EXECVE msg=audit(1364481363.243:24287): argc=3 a0="cat" a1=2F746D702F612062 a2="/etc/passwd"'
  const path = 'type=PATH msg=audit(1364481363.243:24287): item=0 name="/etc/passwd" inode=409248 nametype=NORMAL'
  const title = 'type=PROCTITLE msg=audit(1364481363.243:24287): proctitle=636174002F6574632F706173737764'
  const other = 'type=SYSCALL msg=audit(1364481364.000:24288): syscall=2 exe="/bin/ls"'
  const login =
    'type=USER_LOGIN msg=audit(1364481365.000:24289): pid=1 uid=0 msg=\'op=login acct="root" exe="/usr/sbin/sshd" res=failed\''

  test('records of one event are one event, whatever comes between', () => {
    const { events, faults } = read(syscall, other, execve, path, login, title)
    expect(faults).toBe(0)
    expect(events.map(({ msg, type }) => [msg, type])).toEqual([
      ['audit(1364481365.000:24289)', 'USER_LOGIN'],
      ['audit(1364481363.243:24287)', ['SYSCALL', 'EXECVE', 'PATH', 'PROCTITLE']],
      ['audit(1364481364.000:24288)', 'SYSCALL'],
    ])
    expect(events[0]).toMatchObject({ acct: 'root', exe: '/usr/sbin/sshd', res: 'failed' })
    expect(events[1]).toMatchObject({
      '@timestamp': '2013-03-28T14:36:03.243Z',
      exe: '/bin/cat',
      key: 'sshd_config',
      SYSCALL: 'execve',
      AUID: 'bob',
      a0: ['7fff', 'cat'],
      a1: '/tmp/a b',
      a2: '/etc/passwd',
      proctitle: 'cat /etc/passwd',
    })
    expect(normalise(events[1], formats).source.logSource).toEqual({ product: 'linux', service: 'auditd' })
  })

  test('inside syslog the sender is the node; long arguments are joined; nothing waits for ever', () => {
    const { events } = read(`Jan  2 03:04:05 web1 audispd: ${syscall}`)
    expect(events).toMatchObject([{ node: 'web1', type: 'SYSCALL' }])
    expect(one('type=EXECVE msg=audit(1.000:1): argc=1 a0_len=4 a0[0]=6162 a0[1]=6364')).toMatchObject({ a0: 'abcd' })
    const record = (fields: string) => `type=EXECVE msg=audit(1.000:1): ${fields}`
    const { events: parts } = read(record('argc=2 a0="sh" a1_len=8 a1[0]="mimi"'), record('a1[1]="katz"'))
    expect(parts).toMatchObject([{ a0: 'sh', a1: 'mimikatz' }])
    const reader = new LogLines({ onFault: () => undefined, now: () => NOW })
    reader.push(syscall)
    const many = Array.from({ length: 64 }, (_, i) => reader.push(`type=SYSCALL msg=audit(2.000:${i}): syscall=1`))
    expect(many.findIndex((line) => line.includes('24287'))).toBe(63)
  })
})
