import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'

/** The server's own log, `<home>/logs/server.log`, one JSON line an event; tokens and bodies are never written. */
export function openLog(home: string): Logger {
  const folder = join(home, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return pino(
    { base: null, redact: ['req.headers', '*.authorization'] },
    pino.destination({ dest: join(folder, 'server.log'), mkdir: true, sync: true }),
  )
}
