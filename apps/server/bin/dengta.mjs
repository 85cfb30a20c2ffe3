#!/usr/bin/env node
// Builds what is stale (a second the first time, nothing after), then runs the command.
import { existsSync } from 'node:fs'

const checkout = new URL('../../../scripts/build.mjs', import.meta.url)
const offline = ['verify', '--help', '-h', '--version', 'help'].includes(process.argv[2] ?? '--help')
if (existsSync(checkout)) {
  const { buildHouse } = await import(checkout.href)
  await buildHouse({ entriesOnly: offline || process.argv[2] !== 'start' })
}
await import(new URL('../../../dist/dengta.js', import.meta.url).href)
