import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ExportFile,
  type LoggedRecord,
  recordIdOf,
  sigstoreSignerKeys,
  sigstoreTrustedRoot,
  toSigstoreBundle,
  verifyExport,
} from '@dengta/evidence'
import { canonicalJson, systemClock } from '@dengta/kernel'
import { ledgerMigrations, logKey, type NewRecord, openLedger, startWitness } from '@dengta/ledger'
import { houseRoot, openStore } from '@dengta/store'
import { bundleFromJSON } from '@sigstore/bundle'
import { PublicKey, TrustedRoot } from '@sigstore/protobuf-specs'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { MUTATIONS, seededRandom } from '../../packages/evidence/src/export/mutations.fixture.ts'
import { exportOf, sampleRecords, sampleTrust } from '../../packages/evidence/src/export/sample-log.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'

const RECORDS = 1000
const MUTANTS = 1280
const ORIGIN = 'bench.local/log'

/** Offline verification: 1,000 real records, mutated exports, and a verifier that we did not write. */
export const verify: Benchmark = async (emit) => {
  const file = await realExport()
  const seconds = timed(() => {
    if (!verifyExport(file, { trust: file.trust }).ok) throw new Error('a good export was refused')
  })
  const sigstore = sigstoreSeconds(file)
  emit(
    figure(`${RECORDS} records verified offline, in process`, seconds, 's', {
      goal: { is: '<=', than: 3 },
      yardstick: `@sigstore/verify takes ${sigstore.seconds.toFixed(2)} s for the same records`,
    }),
  )
  emit(
    figure(`${RECORDS} records verified by the command, whole process`, await commandSeconds(file), 's', {
      goal: { is: '<=', than: 3 },
      yardstick: 'dengta verify FILE --trust FILE',
    }),
  )
  emit(
    figure('good records that @sigstore/verify accepts', sigstore.accepted, 'records', {
      goal: { is: '=', than: file.records.length },
      yardstick: '@sigstore/verify with our trust root',
    }),
  )
  const mutants = forged()
  emit(
    figure('mutated exports accepted', mutants.forged, 'exports', {
      goal: { is: '=', than: 0 },
      yardstick: `${MUTANTS} mutants of ${MUTATIONS.length} kinds; ${mutants.harmless} changed nothing that an export claims (white space and the like)`,
    }),
  )
}

async function realExport(): Promise<ExportFile> {
  const home = await mkdtemp(join(tmpdir(), 'dengta-verify-'))
  const store = await openStore({ home, migrations: ledgerMigrations, clock: systemClock })
  const witness = await startWitness({
    home: join(home, 'witness'),
    name: 'witness.local',
    origin: ORIGIN,
    logKey: await logKey(home),
  })
  const ledger = await openLedger({ store, clock: systemClock, home, origin: ORIGIN, witnesses: [witness] })
  try {
    const key = await ledger.createKey('house')
    const joined: NewRecord<'participant'> = {
      kind: 'participant',
      actor: 'house',
      subjects: [{ name: 'house', digest: { sha256: '0'.repeat(64) } }],
      predicate: { participant: 'house', name: 'House', roles: ['operator'], key, basis: [] },
    }
    const ids = await store.transaction(async (tx) => {
      const made: LoggedRecord[] = [await ledger.append(tx, joined)]
      for (let i = 1; i < RECORDS; i += 1) made.push(await ledger.append(tx, sample(i)))
      return made.map((record) => record.id)
    })
    return await ledger.export('bench', ids, 30_000)
  } finally {
    await ledger.close()
    await witness.stop()
    await store.close()
    await rm(home, { recursive: true, force: true })
  }
}

function sample(i: number): NewRecord<'replay'> {
  const sha256 = i.toString(16).padStart(64, '0')
  return {
    kind: 'replay',
    actor: 'house',
    subjects: [{ name: `submission ${i}`, digest: { sha256 } }],
    predicate: { submission: `sub_${i}`, evaluation: sha256, expected: sha256, got: sha256, same: true, basis: [] },
  }
}

function timed(work: () => void): number {
  const began = performance.now()
  work()
  return (performance.now() - began) / 1000
}

function sigstoreSeconds(file: ExportFile): { accepted: number; seconds: number } {
  const keys = Object.entries(sigstoreSignerKeys(file.records.map((record) => record.key)))
  const material = toTrustMaterial(
    TrustedRoot.fromJSON(sigstoreTrustedRoot(file.trust)),
    Object.fromEntries(keys.map(([hint, key]) => [hint, PublicKey.fromJSON(key)])),
  )
  const verifier = new Verifier(material, { tlogThreshold: 1, ctlogThreshold: 0, timestampThreshold: 0 })
  const bundles = file.records.map((record) => toSigstoreBundle(file, recordIdOf(record.envelope)))
  let accepted = 0
  const seconds = timed(() => {
    for (const bundle of bundles) {
      verifier.verify(toSignedEntity(bundleFromJSON(bundle)))
      accepted += 1
    }
  })
  return { accepted, seconds }
}

async function commandSeconds(file: ExportFile): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'dengta-export-'))
  await writeFile(join(folder, 'export.json'), JSON.stringify(file))
  await writeFile(join(folder, 'trust.json'), JSON.stringify(file.trust))
  const seconds = timed(() => {
    const words = ['verify', join(folder, 'export.json'), '--trust', join(folder, 'trust.json')]
    const { status, stderr } = spawnSync(
      process.execPath,
      [join(houseRoot(), 'apps/server/bin/dengta.mjs'), ...words],
      { encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(`the command refused a good export: ${stderr}`)
  })
  await rm(folder, { recursive: true })
  return seconds
}

/** Counts mutants that pass although a record, a proof or the head differs from the original. */
function forged(): { forged: number; harmless: number } {
  const file = exportOf(sampleRecords(16))
  const original = new Set(file.records.map(canonicalJson))
  const random = seededRandom(2026)
  const counts = { forged: 0, harmless: 0 }
  for (let i = 0; i < MUTANTS; i += 1) {
    const mutant = MUTATIONS[i % MUTATIONS.length]?.apply(file, random)
    if (!verifyExport(mutant, { trust: sampleTrust }).ok) continue
    const shown = (typeof mutant === 'string' ? JSON.parse(mutant) : mutant) as ExportFile
    const same = headOf(shown) === headOf(file) && shown.records.every((record) => original.has(canonicalJson(record)))
    if (same) counts.harmless += 1
    else counts.forged += 1
  }
  return counts
}

const headOf = (file: ExportFile): string => file.checkpoint.slice(0, file.checkpoint.lastIndexOf('\n\n'))
