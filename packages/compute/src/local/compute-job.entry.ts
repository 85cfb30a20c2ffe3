// Runs inside the sandbox: a user's program, told where its checkpoints go. Everything else is as Node would start it.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const program = resolve('program.mjs')
process.env.DENGTA_CHECKPOINT = resolve('kept')
process.argv[1] = program
await import(pathToFileURL(program).href)
