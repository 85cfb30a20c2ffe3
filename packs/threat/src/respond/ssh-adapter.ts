import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex } from '@dengta/kernel'
import {
  type Adapter,
  type Answer,
  type Order,
  outputsOf,
  type Prepared,
  type SecretSource,
  withoutSecret,
} from './adapter.ts'
import { decodedText } from './decoded-text.ts'
import { jsonOf } from './http-adapter.ts'
import { resolved } from './plan-work.ts'
import { respondErrors } from './respond-errors.ts'

export interface AllowedSshHost {
  readonly host: string
  readonly port: number
  readonly user: string
  /** Its public key, `type base64`; absent: it stands in the file of known hosts. */
  readonly hostKey?: string
}

export interface SshOptions {
  readonly hosts: readonly AllowedSshHost[]
  /** File with the keys of the hosts: a host that is not in it, or has another key, is not spoken to. */
  readonly knownHosts?: string
  /** Bytes of output that are read. */
  readonly maxBytes: number
}

/** What a value may contain: nothing that a shell takes for its own, no option, and no way up out of a folder. */
const SAFE_VALUE = /^(?!-)(?!.*\.\.)[A-Za-z0-9._:@/-]{1,255}$/

/**
 * CACAO `ssh` commands by the system's ssh. The secret is the path of an identity file; passwords are not taken. Exit status 255 is
 * ssh's own failure, 129 to 254 that a signal ended the command: surely not done where ssh's log has no log-in, and open where it has one.
 */
export function sshAdapter(options: SshOptions): Adapter {
  return {
    types: ['ssh'],
    prepare: (order) => prepareSsh(order, options),
    send: (prepared, secrets) => sendSsh(prepared, secrets, options),
  }
}

function prepareSsh({ command, agent, authentication, values, timeoutMs }: Order, { hosts }: SshOptions): Prepared {
  const { dname, ipv4, ipv6 } = agent.address ?? {}
  const host = String(dname?.[0] ?? ipv4?.[0] ?? ipv6?.[0] ?? '')
  const port = Number(agent.port ?? '22')
  const user = authentication?.username ?? ''
  const allowed = hosts.find((each) => each.host === host && each.port === port && each.user === user)
  if (!allowed)
    throw respondErrors.host_refused({
      host: `${user}@${host}:${port}`,
      why: { en: 'it is not on the list', zh: '不在允许名单上' },
    })
  const text = command.command ?? decodedText(command.command_b64 ?? '')
  const line = resolved(text, values, safeValue)
  const secret = authentication?.kms_key_identifier
  if (secret === undefined)
    throw respondErrors.bad_order({
      why: { en: 'ssh needs a key: name it by kms_key_identifier', zh: 'ssh 需要密钥：请以 kms_key_identifier 指明' },
    })
  return {
    type: 'ssh',
    place: `${user}@${host}:${port}`,
    request: { user, host, port, command: line },
    secret,
    timeoutMs,
  }
}

function safeValue(value: string): string {
  if (!SAFE_VALUE.test(value)) {
    throw respondErrors.bad_order({
      why: {
        en: `"${value.slice(0, 40)}" may not stand in a shell command; letters, digits and . _ : @ / - may, two dots in a row may not`,
        zh: `“${value.slice(0, 40)}”不能出现在命令行中；只允许字母、数字和 . _ : @ / -，不允许连续两个点`,
      },
    })
  }
  return value
}

/** The pinned key of a host stands under this name: under its own ssh would look for `[host]:port`, but on port 22 for `host`. */
const PINNED = 'pinned-host'

/** Nothing that this machine's user has set up counts, no password, no forwarding, no unknown host. */
function settings(knownHosts: string): readonly string[] {
  const hosts = ['StrictHostKeyChecking=yes', `UserKnownHostsFile=${knownHosts}`, 'GlobalKnownHostsFile=none']
  const logIn = ['BatchMode=yes', 'IdentitiesOnly=yes', 'PasswordAuthentication=no', 'KbdInteractiveAuthentication=no']
  const closed = ['ForwardAgent=no', 'ForwardX11=no', 'ClearAllForwardings=yes', 'PermitLocalCommand=no']
  const rest = ['ConnectTimeout=10', 'LogLevel=VERBOSE', 'ControlMaster=no']
  return [...hosts, ...logIn, ...closed, ...rest].flatMap((setting) => ['-o', setting])
}

interface SshRequest {
  readonly user: string
  readonly host: string
  readonly port: number
  readonly command: string
}

async function sendSsh(prepared: Prepared, secrets: SecretSource, options: SshOptions): Promise<Answer> {
  const { user, host, port, command } = prepared.request as unknown as SshRequest
  const allowed = options.hosts.find((each) => each.host === host && each.port === port && each.user === user)
  if (!allowed)
    throw respondErrors.host_refused({
      host: prepared.place,
      why: { en: 'it is not on the list', zh: '不在允许名单上' },
    })
  const identity = await secrets.reveal(prepared.secret as string)
  const place = ['-i', identity, '-p', String(port), '-l', user, '--', host, command]
  const folder = await mkdtemp(join(tmpdir(), 'dengta-ssh-'))
  try {
    const [log, known] = [join(folder, 'log'), join(folder, 'known_hosts')]
    if (allowed.hostKey !== undefined) await writeFile(known, `${PINNED} ${allowed.hostKey}\n`)
    const keys =
      allowed.hostKey === undefined
        ? settings(options.knownHosts ?? 'none')
        : [...settings(known), '-o', `HostKeyAlias=${PINNED}`]
    const ended = await execute(
      ['-F', 'none', '-T', '-E', log, ...keys, ...place],
      prepared.timeoutMs,
      options.maxBytes,
    )
    return withoutSecret(sshAnswer(ended, await readFile(log, 'utf8').catch(() => LOG_LOST)), identity)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Ended {
  /** Undefined: killed, for time or length. */
  readonly code: number | undefined
  readonly output: Uint8Array
  readonly complaint: string
}

function execute(args: readonly string[], timeoutMs: number, maxBytes: number): Promise<Ended> {
  return new Promise((settle) => {
    const child = spawn('ssh', args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, killSignal: 'SIGKILL' })
    const parts: Uint8Array[] = []
    let size = 0
    let complaint = ''
    child.stdout.on('data', (part: Uint8Array) => {
      size += part.length
      if (size <= maxBytes) parts.push(part)
      else child.kill('SIGKILL')
    })
    child.stderr.on('data', (part: Uint8Array) => {
      complaint = `${complaint}${Buffer.from(part).toString()}`.slice(0, 500)
    })
    child.on('error', (cause) => settle({ code: NOT_STARTED, output: new Uint8Array(), complaint: cause.message }))
    child.on('close', (code) =>
      settle({ code: code ?? undefined, output: Buffer.concat(parts), complaint: complaint.trim() }),
    )
  })
}

const NOT_STARTED = -1
/** Without its log ssh is taken to have logged in: then nothing is claimed. */
const LOG_LOST = 'Authenticated to an unknown host: the log of ssh is missing'
const LOGGED_IN = /^Authenticated to /m

/** `log` holds ssh's own words only: what the command wrote cannot pass for them. */
function sshAnswer({ code, output, complaint }: Ended, log: string): Answer {
  const outputs = { exit_status: String(code ?? 'killed'), ...outputsOf(jsonOf(output)) }
  const began = LOGGED_IN.test(log)
  const why = (began ? complaint : log.trim().split('\n').at(-1)?.trim() || complaint).split('\n', 1)[0] ?? ''
  const detail = `exit ${code ?? 'killed'}${why === '' ? '' : `: ${why.slice(0, 300)}`}`
  const answer = { detail, outputs, digest: sha256Hex(output) }
  if (code === 0) return { outcome: 'succeeded', ...answer }
  if (code === NOT_STARTED) return { outcome: 'failed', ...answer, detail: `ssh did not start: ${complaint}` }
  const open = began && (code === undefined || code > 128)
  return { outcome: open ? 'unknown' : 'failed', ...answer }
}
