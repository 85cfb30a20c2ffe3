import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openEnergyMeter } from './energy-meter.ts'
import { countEnergy } from './run-energy.ts'

const folder = mkdtempSync(join(tmpdir(), 'dengta-rapl-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const NAMES: Readonly<Record<string, string>> = { 'intel-rapl:0:0': 'core', 'intel-rapl:2': 'psys' }

/** The layout of the kernel's power capping interface, with values of our own. */
function machine(values: Record<string, number>, busyTicks: number) {
  for (const [zone, energy] of Object.entries(values)) {
    mkdirSync(join(folder, zone), { recursive: true })
    writeFileSync(join(folder, zone, 'name'), `${NAMES[zone] ?? `package-${zone.at(-1)}`}\n`)
    writeFileSync(join(folder, zone, 'energy_uj'), `${energy}\n`)
    writeFileSync(join(folder, zone, 'max_energy_range_uj'), '262143328850\n')
  }
  writeFileSync(join(folder, 'stat'), `cpu  ${busyTicks} 0 0 999 5 0 0 0 0 0\ncpu0 1 2 3\n`)
  return { powercap: folder, stat: join(folder, 'stat') }
}

test('shares what all packages drew by processor time, over a counter that wraps', async () => {
  const meter = await openEnergyMeter(
    machine({ 'intel-rapl:0': 262_143_000_000, 'intel-rapl:1': 5e6, 'intel-rapl:0:0': 1 }, 100),
  )
  const energyOf = await countEnergy(meter, 15)
  machine({ 'intel-rapl:0': 29_671_150, 'intel-rapl:1': 15e6, 'intel-rapl:0:0': 9e9 }, 500)
  const energy = await energyOf(1)
  expect(energy).toMatchObject({ metered: true, source: 'RAPL of package-0, package-1, shared by processor time' })
  expect(energy.joules).toBeCloseTo((30 + 10) / 4, 2)
  meter?.close()
})

test('says that it is an estimate where the machine has no counters', async () => {
  const meter = await openEnergyMeter({ powercap: join(folder, 'nothing') })
  expect(meter).toBeUndefined()
  const energyOf = await countEnergy(meter, 15)
  expect(await energyOf(4)).toEqual({ joules: 60, metered: false, source: 'processor time x 15 W a core' })
})

test('leaves out the platform zone, which counts the packages once more', async () => {
  const meter = await openEnergyMeter(machine({ 'intel-rapl:0': 1e6, 'intel-rapl:2': 1e6 }, 100))
  expect(meter?.packages).toEqual(['package-0'])
  meter?.close()
})

test('counters that may not be read any more leave an estimate, and are tried again for the next run', async () => {
  const where = machine({ 'intel-rapl:0': 1e6 }, 100)
  const meter = await openEnergyMeter(where)
  const lost = await countEnergy(meter, 15)
  rmSync(join(folder, 'intel-rapl:0'), { recursive: true })
  expect(await lost(2)).toEqual({ joules: 30, metered: false, source: 'processor time x 15 W a core' })
  machine({ 'intel-rapl:0': 2e6 }, 100)
  const found = await countEnergy(meter, 15)
  machine({ 'intel-rapl:0': 6e6 }, 200)
  expect(await found(1)).toMatchObject({ metered: true, joules: expect.closeTo(4) })
  meter?.close()
})
