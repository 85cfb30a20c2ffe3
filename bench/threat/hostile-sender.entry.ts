import { ATTACKS, crowd, FLOODS } from '../../packs/threat/src/ingest/attacks.fixture.ts'

const CROWD = 10_000
const { port, attack } = JSON.parse(process.argv[2] ?? '{}') as { port: number; attack: string }

const hold = new Promise((resolve) => setTimeout(resolve, 5000))
const attacks = { ...ATTACKS, ...FLOODS }
await (attacks[attack]?.(port) ?? crowd(port, CROWD, hold))
process.stdout.write('{"done":true}\n')
process.exit(0)
