import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dengta } from './support/command.ts'
import { searchHouse } from './support/search-house.ts'
import { type ServedHouse, serveHouse } from './support/served-house.ts'

describe('the main job', () => {
  let home: string
  let house: ServedHouse
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'dengta-walk-'))
    house = await serveHouse({ home })
  })
  afterAll(async () => {
    await house?.kill('SIGTERM')
    await rm(home, { recursive: true, force: true })
  })

  test('both scenarios reach their gates, and each stands as the data says', async () => {
    const [nox, dga] = [
      await house.clientOf().getScenario('gas-turbine-nox'),
      await house.clientOf().getScenario('transformer-dga'),
    ]
    const states = (view: typeof nox) =>
      Object.fromEntries(view.gates.map((gate) => [`${gate.gate} ${gate.about}`, gate.decision]))
    expect(states(nox)).toMatchObject({ 'G1 gas-turbine-nox': 'OPEN', 'G2 nox-forward': 'OPEN' })
    expect(states(dga)).toMatchObject({
      'G1 transformer-dga': 'OPEN',
      'G2 dga-published': 'CLOSED',
      'G2 dga-grouped': 'OPEN',
    })
    const published = dga.gates.find((gate) => gate.about === 'dga-published')
    expect(
      published?.reasons
        .filter((reason) => reason.met === 'no')
        .map((reason) => reason.text.en)
        .join(),
    ).toContain('36')
  })

  test('the frozen model fails in later years, the adapting one does better, both stay on the board', async () => {
    const board = await house.clientOf().getBoard('nox-forward')
    const row = (word: string) => board.rows.find((each) => each.name.includes(word))
    const [frozen, adapting] = [row('frozen'), row('adapting')]
    expect(frozen?.periods.map((part) => part.part)).toEqual(['2013', '2014', '2015'])
    expect(adapting?.score.low).toBeGreaterThan(frozen?.score.high ?? 1)
    const { gates } = await house.clientOf().getScenario('gas-turbine-nox')
    const gateOf = (submission: string | undefined) =>
      gates.find((gate) => gate.gate === 'G3' && gate.about === submission)
    expect(gateOf(frozen?.submission)?.decision).toBe('CLOSED')
    const random = (await house.clientOf().getBoard('nox-random')).rows[0]
    expect(random?.score.value).toBeGreaterThan((frozen?.score.value ?? 1) + 0.2)
  })

  test('a stranger verifies the exports offline, and a changed one is refused', async () => {
    const [file, trust] = [join(home, 'exports/gas-turbine-nox.json'), join(home, 'exports/trust.json')]
    const good = await dengta(home, 'verify', file, '--trust', trust)
    expect([good.code, good.stdout]).toEqual([0, expect.stringContaining('VERIFIED')])
    const changed = join(home, 'changed.json')
    await writeFile(changed, (await readFile(file, 'utf8')).replace(/"index":3/, '"index":4'))
    expect((await dengta(home, 'verify', changed, '--trust', trust)).code).toBe(1)
  })

  test('the interface is valid OpenAPI 3.1 and names every path once', async () => {
    const document = (await (await fetch(`${house.address}/api/v1/openapi.json`)).json()) as { paths: object }
    const result = await new Validator().validate(document)
    expect(result).toMatchObject({ valid: true })
    expect(Object.keys(document.paths).length).toBeGreaterThan(25)
  })

  test('no answer, log line, export or public file holds a hidden value', async () => {
    const { places, values, found } = await searchHouse(house, home)
    expect(values).toBeGreaterThan(100_000)
    expect(places).toBeGreaterThan(100)
    expect(found).toEqual([])
  })

  test('the command line speaks to the running server', async () => {
    const board = await dengta(home, 'board', 'nox-forward')
    expect([board.code, board.stdout]).toEqual([0, expect.stringMatching(/├─+●─*┤/)])
    const gate = await dengta(home, 'gate', 'transformer-dga', 'G2', 'dga-published')
    expect([gate.code, gate.stdout]).toEqual([10, expect.stringContaining('G2 CLOSED')])
    expect((await dengta(home, 'log', 'head')).stdout).toContain('witness')
    const wrong = await dengta(home, 'scenario', 'show', 'nowhere')
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/✗ .+ \[\w+\.\w+\]/)])
    expect((await dengta(home, 'no-such-command')).code).toBe(2)
  })
})
