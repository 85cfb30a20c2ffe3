import { setTimeout as delay } from 'node:timers/promises'
import { systemClock as clock } from '@dengta/kernel'
import { openStore } from '@dengta/store'
import { threatMigrations } from '../migrations.ts'
import { dyingStore, openWritten, restoredSum, type SinkWriterConfig, sumWith, writtenStep } from './sink-writer.ts'

// The victim of the kill test of the sink: checks what it finds, then writes steps until it dies. Says each once it is stored.
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const CHECKPOINT = 3

async function writeForEver({ home, databaseUrl, die, eventBytes, fileBytes }: SinkWriterConfig): Promise<void> {
  const plain = await openStore({ home, ...(databaseUrl && { databaseUrl }), migrations: threatMigrations, clock })
  const store = die ? dyingStore(plain, die) : plain
  const sink = await openWritten(store, fileBytes)
  let sum = await restoredSum(store, sink, eventBytes)
  say({ open: process.pid, position: sink.position })
  let saving = Promise.resolve()
  for (let position = sink.position + 1; ; position += 1) {
    const step = writtenStep(position, eventBytes)
    await untilDone(() => sink.append(step))
    sum = sumWith(sum, step)
    say({ stored: position })
    if (position % CHECKPOINT !== 0) continue
    const state = [Buffer.from(String(sum))]
    await saving
    saving = untilDone(() => sink.saveCheckpoint({ position, state })) // beside the next steps
  }
}

async function untilDone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      say({ failing: String(error) })
      await delay(20)
    }
  }
}

writeForEver(JSON.parse(process.argv[2] ?? '{}') as SinkWriterConfig).catch((error: Error) => {
  say({ failed: error.message })
  process.exit(1)
})
