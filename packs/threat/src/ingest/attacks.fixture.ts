import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Something a hostile sender does to a listener; resolves when it is over. */
export type Attack = (port: number) => Promise<void>

const MEBIBYTE = Buffer.alloc(2 ** 20, 'x')
/** A line just within the limit of network intakes, without its end. */
const UNDER_LIMIT = MEBIBYTE.subarray(0, 2 ** 20 - 16)

/** The first of some events of a socket. */
function first(socket: Socket, ...names: string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const name of names) socket.off(name, done)
      resolve()
    }
    for (const name of names) socket.on(name, done)
  })
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

async function pour(socket: Socket, chunk: Buffer, times: number): Promise<void> {
  for (let i = 0; i < times && !socket.destroyed; i += 1) {
    if (!socket.write(chunk)) await first(socket, 'drain', 'close')
  }
}

async function finish(socket: Socket): Promise<void> {
  if (socket.closed) return
  socket.end()
  socket.resume()
  await first(socket, 'close')
}

const sends =
  (...chunks: Buffer[]): Attack =>
  async (port) => {
    const socket = await open(port)
    for (const chunk of chunks) await pour(socket, chunk, 1)
    await finish(socket)
  }

const lines = (text: string, times: number): Buffer => Buffer.from(text.repeat(times))

/** What a listener must survive, by name. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  'a line of 100 MiB': async (port) => {
    const socket = await open(port)
    await pour(socket, MEBIBYTE, 100)
    await pour(socket, Buffer.from('\n{"after":1}\n'), 1)
    await finish(socket)
  },
  'lines that never end, on 300 connections': async (port) => {
    const sockets = await Promise.all(Array.from({ length: 300 }, () => open(port)))
    await Promise.all(sockets.map((socket) => pour(socket, UNDER_LIMIT, 1)))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    for (const socket of sockets) socket.destroy()
  },
  'a line that trickles in': async (port) => {
    const socket = await open(port)
    socket.setNoDelay(true)
    for (let i = 0; i < 800 && !socket.destroyed; i += 1) {
      socket.write('{')
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    socket.destroy()
  },
  'bytes that are no UTF-8, and NUL': sends(
    Buffer.from([123, 34, 255, 254, 0, 10]),
    Buffer.alloc(2 ** 18),
    Buffer.from('\n'),
  ),
  'values nested 100,000 deep': sends(lines('{"a":[', 1e5), Buffer.from('\n'), lines('[', 1e5), Buffer.from('\n')),
  'a million empty lines': sends(lines('\n', 1e6)),
  'half a million tiny lines': sends(lines('{}\n', 5e5)),
  'closed in the middle of a line': async (port) => {
    for (let i = 0; i < 200; i += 1) {
      const socket = await open(port)
      socket.write('{"half":')
      socket.resetAndDestroy()
    }
  },
  'a greeting without end': sends(Buffer.from('{"dengta":'), Buffer.alloc(2 ** 16, '1')),
  'a greeting that lies': sends(Buffer.from('{"dengta":1,"stream":"a b"}\n')),
}

const FIRING = '{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"Image":"C:\\\\cmd.exe"'

/** Every character as its number: `\\u0043`. */
const escaped = (text: string): string =>
  Array.from(text, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** The event that fires, its field hidden behind escapes: once the value, once the name as well. */
export const HIDDEN: readonly string[] = ['Image', escaped('Image')].map(
  (name) => `{"Channel":"Microsoft-Windows-Sysmon/Operational","EventID":1,"${name}":"${escaped('C:\\cmd.exe')}"`,
)

const poursOn =
  (connections: number, line: () => Buffer, times: number): Attack =>
  async (port) => {
    const chunk = line()
    const pourOne = async (): Promise<void> => {
      const socket = await open(port)
      await pour(socket, chunk, times)
      await finish(socket)
    }
    await Promise.all(Array.from({ length: connections }, pourOne))
  }

const textLine = (bytes: number): Buffer => Buffer.from(`{"a":"${'x'.repeat(bytes - 8)}"}\n`)

/** Valid events that cost much: each stays within every limit, but for the last. */
export const FLOODS: Readonly<Record<string, Attack>> = {
  '200,000 events that all fire': poursOn(1, () => lines(`${FIRING}}\n`, 1000), 200),
  'events just under 1 MiB that fire': poursOn(
    1,
    () => Buffer.from(`${FIRING},"a":[${'1,'.repeat(524_000 - 50)}1]}\n`),
    60,
  ),
  'events that all fire, hidden behind escapes': poursOn(
    1,
    () => lines(HIDDEN.map((line) => `${line}}\n`).join(''), 500),
    100,
  ),
  'lines just under 1 MiB, on 6 connections': poursOn(6, () => textLine(UNDER_LIMIT.length), 30),
  'lines just under 1 MiB, on 200 connections': poursOn(200, () => textLine(UNDER_LIMIT.length), 1),
  'lines just over 1 MiB, on 6 connections': poursOn(6, () => textLine(2 ** 20 + 1), 30),
}

/** Opens many connections at once and holds them until told; answers how many could not be opened. */
export async function crowd(port: number, connections: number, hold: Promise<unknown>): Promise<number> {
  const sockets: Socket[] = []
  let failed = 0
  for (let i = 0; i < connections; i += 100) {
    const opened = Array.from({ length: Math.min(100, connections - i) }, () => open(port))
    for (const each of await Promise.allSettled(opened)) {
      if (each.status === 'fulfilled') sockets.push(each.value)
      else failed += 1
    }
  }
  await hold
  for (const socket of sockets) socket.destroy()
  return failed
}
