import { closeSync, readSync, writeSync } from 'node:fs'

/**
 * Loaded before the script of a job. It asks the server for leave on file descriptor 3 and goes no further if the server
 * has died: `--die-with-parent` of bubblewrap takes hold only once the sandbox is set up, which by now it is.
 */
const GATE = 3
writeSync(GATE, '?')
const answered = readSync(GATE, Buffer.alloc(1))
closeSync(GATE)
if (answered === 0) process.exit(1)
