import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiError, type Client } from '@dengta/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServedHouse, serveHouse } from './support/served-house.ts'
import { openSmallBenchmark, SMALL, smallBenchmarkFile, smallCsv } from './support/small-benchmark.ts'

describe('bad input over a real socket', () => {
  let home: string
  let house: ServedHouse
  let owner: Client
  let developer: Client
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'dengta-bad-'))
    house = await serveHouse({ home, flags: ['--no-programme'] })
    await openSmallBenchmark(house.clientOf)
    owner = house.clientOf('small-owner')
    developer = house.clientOf('small-dev')
  })
  afterAll(async () => {
    await house?.kill('SIGTERM')
    await rm(home, { recursive: true, force: true })
  })

  const about = { origin: 'simulated', licence: 'none', source: 'a test' } as const
  const bytes = (text: string) => new TextEncoder().encode(text)
  const seal = (text: string) => owner.sealData(SMALL, about, bytes(text))
  const submit = (model: unknown, form: 'linear' | 'trees' | 'onnx' | 'predictions' = 'linear') =>
    developer.submitModel(
      SMALL,
      { form, name: `bad ${Math.random()}` },
      typeof model === 'string' ? model : JSON.stringify(model),
    )
  const linear = {
    format: 'dengta-linear/v1',
    task: 'regression',
    inputs: ['x'],
    features: ['x'],
    centre: [0],
    scale: [1],
    coefficients: [2],
    intercept: 0,
  }
  const rows = smallCsv().split('\n')

  /** The code of what a call is refused with, and whether the log and the board stayed as they were. */
  async function refusal(
    call: () => Promise<unknown>,
  ): Promise<{ code: string; zh: string; sealed: string | undefined }> {
    const code = await call().then(
      (answer) => `accepted ${JSON.stringify(answer).slice(0, 200)}`,
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error
        return `${error.code}|${error.text.zh}`
      },
    )
    const [name = '', zh = ''] = code.split('|')
    return { code: name, zh, sealed: (await owner.getBenchmark(SMALL)).dataset?.id }
  }

  test.each<[string, () => Promise<unknown>, string]>([
    ['a definition that is no YAML', () => owner.defineBenchmark({ file: '{ title: [' }), 'benchmark.not_yaml'],
    [
      'a definition without target',
      () =>
        owner.defineBenchmark({
          file: smallBenchmarkFile.replace('use: target', 'use: ignored').replace(SMALL, 'other'),
        }),
      'benchmark.target_count',
    ],
    ['JSON that is no model', () => submit({ hello: 'world' }), 'model.schema'],
    ['text that is no JSON', () => submit('not json'), 'model.not_json'],
    ['a coefficient that is no number', () => submit(JSON.stringify(linear).replace('[2]', '[NaN]')), 'model.not_json'],
    ['a model for other columns', () => submit({ ...linear, inputs: ['z'], features: ['z'] }), 'model.unknown_input'],
    ['deeply nested JSON', () => submit('['.repeat(200_000)), 'model.not_json'],
    ['bytes that are no ONNX', () => submit('\u0000\u0001garbage', 'onnx'), 'model.malformed_onnx'],
    ['predictions of the wrong length', () => submit('[1,2,3]', 'predictions'), 'model.prediction_count'],
    [
      'a submission to nowhere',
      () => developer.submitModel('nowhere', { form: 'linear', name: 'x' }, '{}'),
      'benchmark.missing',
    ],
    ['a developer who seals', () => developer.sealData(SMALL, about, bytes(smallCsv())), 'http.role_needed'],
    [
      'a participant id with blanks',
      () => house.clientOf().addParticipant({ id: 'a b', name: 'x', roles: ['owner'] }),
      'http.invalid_input',
    ],
    ['a scenario that is no YAML', () => owner.stateScenario({ file: 'a: [' }), 'portfolio.not_yaml'],
  ])('%s is refused with one clear error and nothing is stored', async (_, call, code) => {
    const before = (await owner.getBenchmark(SMALL)).dataset?.id
    const found = await refusal(call)
    expect(found).toMatchObject({ code, sealed: before })
    expect(found.zh).toMatch(/[\u4e00-\u9fff]/)
  })

  test.each<[string, (row: string, i: number) => string, string]>([
    ['NaN', (row, i) => (i === 9 ? row.replace(/[^,]+$/, 'NaN') : row), 'missing'],
    ['a word for a number', (row, i) => (i === 9 ? row.replace(/[^,]+$/, 'high') : row), 'not_a_number'],
    ['a column missing', (row) => row.split(',').slice(0, 2).join(','), 'missing_column'],
    ['a column too many', (row, i) => `${row},${i === 0 ? 'z' : 1}`, 'extra_column'],
    ['nothing in it', () => '', 'no_header'],
    ['a missing cell', (row, i) => (i === 9 ? row.replace(/[^,]+$/, '') : row), 'missing'],
    ['a broken line', (row, i) => (i === 9 ? '1,2' : row), 'wrong_cell_count'],
    [
      'a wrong unit',
      (row, i) => (i === 0 ? row : row.replace(/,([^,]+),/, (_, x) => `,${Number(x) * 1000},`)),
      'unit_suspect',
    ],
  ])('data with %s is named by row and column and not sealed', async (_, spoil, code) => {
    const before = (await owner.getBenchmark(SMALL)).dataset?.id
    const text = rows.map(spoil).join('\n')
    const answer = await seal(text).catch((error: unknown) => error)
    const report = await owner.getQualityReport(SMALL)
    expect(report.verdict).toBe('fail')
    expect(report.faults.map((fault) => fault.code)).toContain(code)
    expect(JSON.stringify(answer) + String(answer) + JSON.stringify(report)).not.toMatch(/\d\.\d{5}/)
    expect((await owner.getBenchmark(SMALL)).dataset?.id).toBe(before)
  })

  test('a body announced as 10 GB is refused before it is read', async () => {
    const { token } = JSON.parse(
      await (await import('node:fs/promises')).readFile(join(home, 'run/server.json'), 'utf8'),
    ) as { token: string }
    const began = performance.now()
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sent = request(`${house.address}/api/v1/benchmarks/${SMALL}/data?origin=simulated&licence=x&source=y`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'dengta-act-as': 'small-owner',
          'content-length': String(10 * 1024 ** 3),
        },
      })
      sent.on('response', (reply) => {
        const chunks: string[] = []
        reply
          .on('data', (chunk) => chunks.push(String(chunk)))
          .on('end', () => resolve({ status: reply.statusCode ?? 0, body: chunks.join('') }))
      })
      sent.on('error', reject)
      sent.write('row,x,y\n')
    })
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([413, 'http.body_too_large'])
    expect(performance.now() - began).toBeLessThan(2000)
  })

  test('after all of that the server still works', async () => {
    const accepted = await submit(linear)
    expect(accepted.state).toBe('waiting')
    expect((await house.clientOf().getHealth()).status).toBe('up')
  })
})
