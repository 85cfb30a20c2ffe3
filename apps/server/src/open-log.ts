import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'

/**
 * The server's own log, `<home>/logs/server.log`, one JSON line an event; tokens and bodies are never written. A line that does
 * not fit on the disk is lost, and standard error says why: an answer must not fail because its log line did.
 */
export function openLog(home: string): Logger {
  const folder = join(home, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = pino.destination({ dest: join(folder, 'server.log'), mkdir: true, sync: true })
  file.on('error', (error: Error) => process.stderr.write(`${error.message}\n`))
  return pino({ base: null, redact: ['req.headers', '*.authorization'] }, file)
}
