import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const SSHD = '/usr/sbin/sshd'
/** Why there is no real sshd on this machine; undefined where there is one. */
export const sshdMissing = existsSync(SSHD) ? undefined : `SKIPPED: no ${SSHD} (Debian package openssh-server)`
if (sshdMissing) console.warn(sshdMissing)

export interface Sshd {
  readonly port: number
  readonly user: string
  readonly address: string
  /** Path in its own folder: `user_key`, `host_key.pub`, `known_hosts`, `wrong_hosts`. */
  readonly file: (name: string) => string
  readonly stop: () => void
}

interface SshdPlace {
  readonly address: string
  /** Absent: any that is free. */
  readonly port?: number
}

/** A real sshd on loopback with keys that live as long as it does. */
export async function startSshd(place: SshdPlace = { address: '127.0.0.1' }): Promise<Sshd> {
  const { address } = place
  const folder = mkdtempSync(join(tmpdir(), 'ssh-'))
  const file = (name: string) => join(folder, name)
  const user = userInfo().username
  for (const key of ['host_key', 'user_key', 'other_key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(key)])
  }
  const port = place.port ?? (await freePort())
  if (user === 'root') mkdirSync('/run/sshd', { recursive: true })
  writeFileSync(file('authorized_keys'), readFileSync(file('user_key.pub')), { mode: 0o600 })
  writeFileSync(file('sshd_config'), settings({ address, port }, file).join('\n'))
  const known = (key: string) => `[${address}]:${port} ${readFileSync(file(`${key}.pub`), 'utf8')}`
  writeFileSync(file('known_hosts'), known('host_key'))
  writeFileSync(file('wrong_hosts'), known('other_key'))
  const daemon: ChildProcess = spawn(SSHD, ['-D', '-e', '-f', file('sshd_config')], { stdio: 'ignore' })
  await untilListening({ address, port })
  const stop = () => {
    daemon.kill()
    rmSync(folder, { recursive: true })
  }
  return { port, user, address, file, stop }
}

function settings({ address, port }: Required<SshdPlace>, file: Sshd['file']): string[] {
  const place = [`Port ${port}`, `ListenAddress ${address}`, 'PidFile none', `HostKey ${file('host_key')}`]
  const logIn = ['StrictModes no', 'UsePAM no', 'PasswordAuthentication no', 'PermitRootLogin prohibit-password']
  return [...place, ...logIn, `AuthorizedKeysFile ${file('authorized_keys')}`, '']
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function untilListening({ address, port }: Required<SshdPlace>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, address, () => done(true))
      socket.on('error', () => done(false))
      socket.on('connect', () => socket.destroy())
    })
    if (open) return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error('sshd does not listen')
}
