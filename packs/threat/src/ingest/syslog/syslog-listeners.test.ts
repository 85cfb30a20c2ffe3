import { execFile, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { testFolder, until } from '../../pipeline/pipeline.fixture.ts'
import { Pipeline } from '../../pipeline/pipeline.ts'
import { FileAlertSink } from '../../pipeline/sink/file-alert-sink.ts'
import type { EventSource, SourceStatus } from '../source.ts'
import { SyslogTcpListener } from './syslog-tcp-listener.ts'
import { SyslogUdpListener } from './syslog-udp-listener.ts'

const hasLogger = spawnSync('logger', ['--version']).status === 0
const note = hasLogger ? '' : ': SKIPPED, install bsdutils (scripts/setup-debian.sh)'
const RULE = `title: Preauth
id: preauth
logsource: {product: linux, service: sshd}
detection:
  keywords: ['[preauth]']
  condition: keywords
`

interface Running {
  readonly pipeline: Pipeline
  readonly source: () => SourceStatus | undefined
  readonly alerts: (atLeast: number) => Promise<void>
}

async function run(source: EventSource): Promise<Running> {
  const folder = testFolder()
  mkdirSync(join(folder, 'rules'))
  writeFileSync(join(folder, 'rules/a.yml'), RULE)
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const pipeline = await Pipeline.start({ folder, rules: { path: join(folder, 'rules') }, sink, threads: 1 })
  onTestFinished(() => pipeline.stop())
  await pipeline.addSource(source)
  return {
    pipeline,
    source: () => pipeline.status().sources[0],
    alerts: (atLeast) => until(() => pipeline.status().totals.alerts >= atLeast),
  }
}

/** `logger` of util-linux: a sender that knows nothing of us. */
async function logger(port: number, ...flags: string[]): Promise<void> {
  const where = ['-n', '127.0.0.1', '-P', String(port), '-t', 'sshd', '-p', 'auth.info']
  await promisify(execFile)('logger', [...where, ...flags, 'Connection closed by 192.0.2.7 [preauth]'])
}

test.runIf(hasLogger)(`what logger sends over TCP and UDP fires a rule${note}`, async () => {
  const tcp = new SyslogTcpListener({ port: 0 })
  const { pipeline, alerts } = await run(tcp)
  const udp = new SyslogUdpListener({ port: 0 })
  await pipeline.addSource(udp)
  await logger(tcp.port, '-T', '--rfc5424')
  await logger(tcp.port, '-T', '--rfc5424', '--octet-count')
  await logger(tcp.port, '-T', '--rfc3164')
  await logger(udp.port, '-d', '--rfc5424')
  await logger(udp.port, '-d', '--rfc3164')
  await alerts(5)
  expect(pipeline.status().sources.map(({ kind, faults }) => [kind, faults])).toEqual([
    ['syslog-tcp', {}],
    ['syslog-udp', {}],
  ])
})

test('a message too long, one without header and one without end', async () => {
  const tcp = new SyslogTcpListener({ port: 0, maxMessageBytes: 2 ** 16 })
  const { alerts, source } = await run(tcp)
  const socket = connect({ port: tcp.port, host: '127.0.0.1' })
  await once(socket, 'connect')
  socket.write(Buffer.alloc(10 * 2 ** 20, 'x'))
  socket.end('\nwhat is this\n<38>1 - h sshd - - - end [preauth]')
  await alerts(1)
  expect(source()?.faults).toEqual({ too_long: 1, log_line: 1 })
  await until(() => source()?.open === 0)
})

test('audit records over UDP become one event once the sender is quiet', async () => {
  const udp = new SyslogUdpListener({ port: 0 })
  const { pipeline } = await run(udp)
  const socket = createSocket('udp4')
  onTestFinished(() => void socket.close())
  for (const type of ['SYSCALL', 'EXECVE', 'CWD'])
    socket.send(`<13>Jan  2 03:04:05 h audispd: type=${type} msg=audit(1.000:7): a=1`, udp.port, '127.0.0.1')
  await until(() => pipeline.status().totals.accepted === 1)
})

test('a listener whose port is taken says so, and can be stopped like any other, also twice', async () => {
  const taken = createSocket('udp4')
  await new Promise<void>((resolve) => taken.bind(0, '127.0.0.1', resolve))
  onTestFinished(() => void taken.close())
  const udp = new SyslogUdpListener({ port: taken.address().port })
  const tcp = new SyslogTcpListener({ port: 0 })
  const intake = { open: () => Promise.reject(new Error('never')), healthy: true, waitingBytes: 0 }
  await expect(udp.start(intake)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  for (const source of [udp, udp, tcp, tcp]) await source.stop()
})

test('who may send', async () => {
  const open = { code: 'threat_ingest.open_syslog' }
  expect(() => new SyslogTcpListener({ port: 0, host: '0.0.0.0' })).toThrow(expect.objectContaining(open))
  expect(() => new SyslogUdpListener({ port: 0, host: '::' })).toThrow(expect.objectContaining(open))
  for (const sender of ['x', '192.0.2.0/33', '192.0.2.0/8/8', '192.0.2.0/'])
    expect(() => new SyslogTcpListener({ port: 0, senders: [sender] })).toThrow(
      expect.objectContaining({ code: 'threat_ingest.bad_sender' }),
    )
  const tcp = new SyslogTcpListener({ port: 0, host: '0.0.0.0', senders: ['192.0.2.0/24', '2001:db8::/32'] })
  const { source } = await run(tcp)
  const socket = connect({ port: tcp.port, host: '127.0.0.1' }).on('error', () => undefined)
  await once(socket, 'close')
  expect(source()?.faults).toEqual({ not_a_sender: 1 })
})
