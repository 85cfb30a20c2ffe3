import { closeSync, openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type CanaryOrders, probeAll } from './canary-probes.ts'

/** Runs as a job: reports what it tried, then asks for memory until it is stopped. Ending well is a bad sign. */
const orders = JSON.parse(process.argv[2] ?? '') as CanaryOrders & { readonly memoryBytes: number }
const output = openSync('output', 'w')
writeSync(output, JSON.stringify(await probeAll(orders)))
closeSync(output)

const STEP = 4 * 1024 * 1024
const held: Buffer[] = []
for (let bytes = 0; bytes <= 4 * orders.memoryBytes; bytes += STEP) held.push(Buffer.alloc(STEP, 1))
await sleep(300)
console.log(`kept ${held.length * STEP} bytes`)
