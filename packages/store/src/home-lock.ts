import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { storeErrors } from './errors.ts'

const ANSWER_MS = 1000

/** Held for the life of the process; the kernel lets go when the process dies, however it dies. */
export interface HomeLock {
  release(): Promise<void>
}

/**
 * Takes `home` (a real path) for this process or throws `store.locked` with the holder's process id.
 * Linux: an abstract socket, so nothing stale can stay behind. It excludes within one network namespace.
 */
export function lockHome(home: string, platform: NodeJS.Platform = process.platform): Promise<HomeLock> {
  const name = createHash('sha256').update(home).digest('hex')
  return platform === 'linux' ? lockName(home, `\0dengta-${name}`) : lockFile(home, join(home, 'server.sock'))
}

/** A holder that does not answer may be a process between fork and exec, which lets go in a moment: it is asked again. */
async function lockName(home: string, address: string, tries = 3): Promise<HomeLock> {
  const server = await listen(address)
  if (!server) {
    const pid = (await askHolder(address)) ?? '?'
    if (pid === '?' && tries > 1) return lockName(home, address, tries - 1)
    throw storeErrors.locked({ home, pid })
  }
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** Elsewhere a socket file. Two that find the same dead one in the same instant may both win; Linux has no such gap. */
async function lockFile(home: string, path: string): Promise<HomeLock> {
  const holder = await askHolder(path)
  if (holder !== undefined) throw storeErrors.locked({ home, pid: holder })
  await rm(path, { force: true })
  return lockName(home, path)
}

/** Undefined where somebody listens there already. The holder answers its process id to whoever asks. */
function listen(address: string): Promise<Server | undefined> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.end(String(process.pid))
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(address, () => resolve(server.unref()))
  })
}

/** The holder's process id, '?' where it does not answer in time, undefined where nobody listens. */
async function askHolder(address: string): Promise<string | undefined> {
  const socket = connect(address)
  socket.setTimeout(ANSWER_MS, () => socket.destroy(new Error('no answer')))
  try {
    return (await text(socket)) || '?'
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    return code === 'ECONNREFUSED' || code === 'ENOENT' ? undefined : '?'
  }
}
