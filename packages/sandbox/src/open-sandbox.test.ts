import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandbox } from './open-sandbox.ts'
import type { Sandbox } from './sandbox.ts'
import { LIMITS, testHouse, told } from './test-house.ts'

const house = testHouse()
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await openSandbox({ workFolder: house.workFolder })
})
afterAll(() => house.remove())

describe('a job of the house, at whatever level this machine has', () => {
  const run = (script: string, changes = {}) => sandbox.run(house.job(script, { untrusted: false, ...changes }))

  test('reads its inputs and arguments, writes its output', async () => {
    const inputs = { rows: house.file('a,b\n1,2\n'), model: house.file(new Uint8Array([0, 255]), 0o644) }
    const result = await run(
      `tell([process.argv[2], fs.readFileSync('rows', 'utf8'), [...fs.readFileSync('model')]])`,
      { inputs, arguments: ['a "b"'] },
    )
    expect(told(result.output)).toEqual(['a "b"', 'a,b\n1,2\n', [0, 255]])
    expect(result).toMatchObject({ outcome: 'ok', reason: undefined, exitCode: 0, signal: undefined, log: '' })
  })

  test('is measured', async () => {
    const result = await run('const end = performance.now() + 300; while (performance.now() < end);')
    expect(result.cpuSeconds).toBeGreaterThan(0.1)
    expect(result.wallSeconds).toBeGreaterThan(0.3)
    expect(result.peakBytes).toBeGreaterThan(1024 * 1024)
  })

  test('writes an output of many pipes full', async () => {
    const limits = { ...LIMITS, outputBytes: 8 * 1024 * 1024 }
    const result = await run(`fs.writeFileSync('output', Buffer.alloc(${limits.outputBytes}, 7))`, { limits })
    expect(result.outcome).toBe('ok')
    expect(result.output.length).toBe(limits.outputBytes)
    expect(result.output.every((byte) => byte === 7)).toBe(true)
  })

  test('keeps temporary files in its work folder', async () => {
    const result = await run(`fs.writeFileSync('work/a', 'x'); tell(fs.readdirSync('work'))`)
    expect(told(result.output)).toEqual(['a'])
  })

  test('that fails is named so, its partial output dropped, its last words kept for the owner', async () => {
    const result = await run(`tell('half'); throw new Error('row 7 is wrong')`)
    expect(result).toMatchObject({ outcome: 'failed', exitCode: 1, output: new Uint8Array() })
    expect(result.log).toContain('row 7 is wrong')
    expect(result.reason?.en).not.toContain('row 7')
  })

  test('leaves nothing on the host', async () => {
    await run(`fs.writeFileSync('work/a', 'x')`)
    expect(readdirSync(house.workFolder).filter((name) => name.startsWith('dengta-'))).toEqual([])
  })

  test('runs beside others, each with its own input', async () => {
    const jobs = Array.from({ length: 6 }, (_, i) =>
      run(`setTimeout(() => tell(fs.readFileSync('rows', 'utf8')), 50)`, { inputs: { rows: house.file(`job ${i}`) } }),
    )
    const results = await Promise.all(jobs)
    expect(results.map((result) => told(result.output))).toEqual([0, 1, 2, 3, 4, 5].map((i) => `job ${i}`))
  })
})

describe('a job that cannot be started says what is missing', () => {
  test.each([
    ['an entry that was not built', { entry: 'no-such-program' }, 'sandbox.entry_missing'],
    ['a package that is not installed', { packages: ['no-such-package'] }, 'sandbox.package_missing'],
    ['an input without a file', { inputs: { rows: '/no/such/file' } }, 'sandbox.input_missing'],
    ['an input by a relative path', { inputs: { rows: 'package.json' } }, 'sandbox.input_missing'],
    ['an input that climbs out', { inputs: { '../rows': '/etc/hostname' } }, 'sandbox.bad_input_name'],
    ['an input in the place of the output', { inputs: { output: '/etc/hostname' } }, 'sandbox.bad_input_name'],
    ['a limit of nothing', { limits: { ...LIMITS, processes: 0 } }, 'sandbox.bad_limit'],
    ['a limit that is no number', { limits: { ...LIMITS, wallSeconds: Number.NaN } }, 'sandbox.bad_limit'],
  ])('%s', async (_, changes, code) => {
    await expect(sandbox.run(house.job('', changes))).rejects.toMatchObject({ code })
  })
})

test('a native package runs inside, and its telemetry is off', async (context) => {
  if (sandbox.level.name !== 'bubblewrap') return context.skip('SKIPPED: bubblewrap does not work on this machine')
  const script = `
    const ort = await import('onnxruntime-node')
    tell([typeof ort.InferenceSession.create, process.env.ORT_DISABLE_TELEMETRY, attempt(() => fs.readdirSync('/root'))])`
  const packages = ['onnxruntime-node', 'onnxruntime-common']
  const limits = { ...LIMITS, memoryBytes: 512 * 1024 * 1024 }
  const result = await sandbox.run(house.job(script, { packages, limits }))
  expect(result.log).toBe('')
  expect(told(result.output)).toEqual(['function', '1', 'ENOENT'])
  expect(existsSync(house.workFolder)).toBe(true)
})
