import { ATTACKS, type Attack, crowd, FLOODS } from '../../packs/threat/src/ingest/attacks.fixture.ts'
import { CUT_LOGS, dropCutLogs } from './cut-logs.ts'

const CROWD = 10_000
const { port, dropped, attack } = JSON.parse(process.argv[2] ?? '{}') as {
  port: number
  dropped: string
  attack: string
}

const hold = new Promise((resolve) => setTimeout(resolve, 5000))
const attacks: Readonly<Record<string, Attack>> = { ...ATTACKS, ...FLOODS, [CUT_LOGS]: () => dropCutLogs(dropped) }
await (attacks[attack]?.(port) ?? crowd(port, CROWD, hold))
process.stdout.write('{"done":true}\n')
process.exit(0)
