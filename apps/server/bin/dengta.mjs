#!/usr/bin/env node
// Builds what is stale (a few seconds the first time, nothing after) in processes of their own, then runs the command.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const builder = fileURLToPath(new URL('../../../scripts/build.mjs', import.meta.url))
const stdio = ['ignore', 2, 2]
if (existsSync(builder)) {
  const { isStale } = await import(builder)
  if (isStale('entries')) {
    const { status } = spawnSync(process.execPath, [builder, 'entries'], { stdio })
    if (status !== 0) process.exit(70)
  }
  // The console is built while the programme runs; the server finds it when it is there.
  if (process.argv[2] === 'start' && isStale('console')) spawn(process.execPath, [builder, 'console'], { stdio })
}
await import(new URL('../../../dist/dengta.js', import.meta.url).href)
