import type { AppError } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { readSnapshot, snapshotOfFile } from './read-snapshot.ts'
import { SAMPLE_YAML } from './sample-snapshot.fixture.ts'
import { snapshotDigest } from './snapshot.ts'
import { snapshotFile } from './snapshot-file.ts'
import { waysOf } from './way.ts'
import { writeSnapshot } from './write-snapshot.ts'

const JOB = { participant: 'lab', class: 'finetune', chips: 8, hours: 6, release: '06:00', deadline: '22:00' }

function edited(path: readonly (string | number)[], value: unknown): string {
  const document = parseDocument(SAMPLE_YAML)
  if (value === undefined) document.deleteIn(path)
  else document.setIn(path, document.createNode(value))
  return document.toString()
}

function failure(text: string): AppError {
  try {
    readSnapshot(text)
  } catch (error) {
    return error as AppError
  }
  throw new Error('the snapshot was accepted')
}

const tooLowAt = (slot: number): number[] => Array.from({ length: 96 }, (_, i) => (i === slot ? -1 : 2))

describe('readSnapshot', () => {
  const sample = readSnapshot(SAMPLE_YAML)

  test('turns windows and times into slots', () => {
    const north = sample.sites[0]!
    expect(north.yuanPerKwh.slice(31, 33)).toEqual([0.3, 0.5])
    expect(north.envelopeKw[55]).toBe(6)
    expect(north.envelopeKw[56]).toBe(4.5)
    expect(sample.jobs[1]).toMatchObject({ name: 'j2', release: 24, deadline: 88, valueYuan: 288 })
  })

  test('a forecast envelope is kept at the edge that the day names, and comes back from a plan file', () => {
    const band = { lowKw: 4, expectedKw: 5, highKw: [{ from: '00:00', to: '24:00', value: 6 }] }
    const low = readSnapshot(edited(['sites', 0, 'envelopeKw'], band))
    expect([low.sites[0]!.envelopeKw[0], low.sites[0]!.band!.highKw[95], low.keepTo]).toEqual([4, 6, undefined])
    const document = parseDocument(edited(['sites', 0, 'envelopeKw'], band))
    document.set('keepTo', 'high')
    const high = readSnapshot(document.toString())
    expect(high.sites[0]!.envelopeKw[0]).toBe(6)
    for (const each of [low, high])
      expect(snapshotDigest(readSnapshot(JSON.stringify(writeSnapshot(each))))).toBe(snapshotDigest(each))
  })

  test('YAML and JSON of the same day have the same digest', () => {
    const json = JSON.stringify(parseDocument(SAMPLE_YAML).toJS())
    expect(snapshotDigest(readSnapshot(json))).toBe(snapshotDigest(sample))
    expect(snapshotDigest(readSnapshot(edited(['jobs', 0, 'chips'], 4)))).not.toBe(snapshotDigest(sample))
  })

  test('ways follow sites, trust, tier, gang and deadline', () => {
    const ways = (name: string): string[] =>
      waysOf(sample, sample.jobs.find((job) => job.name === name)!).map(
        (way) => `${way.site.name}/${way.pool.chip}/${way.level}: ${way.slots} slots, ${way.chips} chips`,
      )
    expect(ways('j3')).toEqual(['north/a100/0: 8 slots, 4 chips'])
    expect(ways('j4')).toEqual(['west/npu/0: 26 slots, 8 chips'])
    expect(ways('j5')).toEqual([
      'north/a100/0: 12 slots, 16 chips',
      'north/a100/1: 14 slots, 16 chips',
      'north/a100/2: 20 slots, 16 chips',
    ])
  })

  test('a chain of thousands of feeders is climbed once, and a circle at its end is found', () => {
    const document = parseDocument(SAMPLE_YAML).toJS()
    const chain = Array.from({ length: 8000 }, (_, i) => ({ feeder: `f${i}`, parent: `f${i + 1}`, limitKw: 5 }))
    const day = (parent: string | undefined) =>
      snapshotFile.parse({
        ...document,
        feeders: [...document.feeders, ...chain, { feeder: 'f8000', parent, limitKw: 5 }],
      })
    const [good, bad] = [day(undefined), day('f7999')]
    const began = process.cpuUsage()
    expect(snapshotOfFile(good).feeders).toHaveLength(document.feeders.length + 8001)
    expect(() => snapshotOfFile(bad)).toThrow(expect.objectContaining({ code: 'compute.cyclic_feeders' }))
    const { user, system } = process.cpuUsage(began)
    expect((user + system) / 1e6).toBeLessThan(2)
  })

  test('so many places over so many slots that they would fill the memory are turned away before they are laid out', () => {
    const document = parseDocument(SAMPLE_YAML).toJS()
    const [, west] = document.sites
    const tariff = { periods: { all: 0.4 }, windows: [{ from: '00:00', to: '744:00', period: 'all' }] }
    const sites = (count: number) => Array.from({ length: count }, (_, i) => ({ ...west, site: `s${i}`, tariff }))
    const day = (count: number) => JSON.stringify({ ...document, slots: 2976, sites: sites(count), jobs: [] })
    expect(readSnapshot(day(111)).sites).toHaveLength(111)
    expect(failure(day(112))).toMatchObject({
      code: 'compute.too_many_places',
      details: { places: 338, slots: 2976, most: 336 },
    })
  })

  test.each<[code: string, path: (string | number)[], value: unknown]>([
    ['negative_power', ['sites', 1, 'envelopeKw'], -5],
    ['negative_power', ['sites', 1, 'envelopeKw'], { lowKw: -5, expectedKw: 5, highKw: 6 }],
    ['band_order', ['sites', 1, 'envelopeKw'], { lowKw: 5, expectedKw: 4, highKw: 6 }],
    ['tariff_form', ['sites', 1, 'tariff', 'area'], '宁夏'],
    ['unknown_area', ['sites', 1, 'tariff'], { periods: {}, area: 'Atlantis', month: 4 }],
    ['area_month', ['sites', 1, 'tariff'], { periods: {}, area: '安徽', month: 7 }],
    ['unknown_period', ['sites', 1, 'tariff'], { periods: { valley: 0.3 }, area: '宁夏', month: 7 }],
    ['negative_power', ['sites', 0, 'envelopeKw', 1, 'value'], -5],
    ['negative_power', ['feeders', 0, 'limitKw'], -1],
    ['negative_power', ['classes', 'finetune', 'a100', 1, 'watts'], -1],
    ['negative_power', ['sites', 0, 'rampKw'], -1],
    ['pue_below_one', ['sites', 0, 'pue'], 0.9],
    ['overlapping_slots', ['sites', 0, 'envelopeKw', 1, 'from'], '13:00'],
    ['overlapping_slots', ['sites', 0, 'tariff', 'windows', 1, 'from'], '07:00'],
    ['uncovered_slots', ['sites', 0, 'envelopeKw', 1, 'from'], '15:00'],
    ['window_order', ['sites', 0, 'envelopeKw', 1, 'to'], '17:10'],
    ['window_order', ['sites', 0, 'tariff', 'windows', 2, 'to'], '25:00'],
    ['series_length', ['sites', 0, 'carbonKgPerKwh'], [1, 2, 3]],
    ['unknown_period', ['sites', 0, 'tariff', 'windows', 0, 'period'], 'night'],
    ['repeated_name', ['jobs', 1, 'job'], 'j1'],
    ['repeated_name', ['sites', 1, 'pools', 1, 'chip'], 'a100'],
    ['unknown_chip', ['sites', 1, 'pools', 0, 'chip'], 'h100'],
    ['unknown_chip', ['jobs', 0, 'chipTypes'], ['h100']],
    ['unknown_chip', ['classes', 'finetune', 'h100'], [{ watts: 1, speed: 1 }]],
    ['unknown_feeder', ['sites', 0, 'feeder'], 'nowhere'],
    ['cyclic_feeders', ['feeders', 0, 'parent'], 'park'],
    ['unknown_site', ['jobs', 2, 'sites'], ['south']],
    ['unknown_participant', ['jobs', 0, 'participant'], 'stranger'],
    ['unknown_class', ['jobs', 0, 'class'], 'render'],
    ['deadline_before_release', ['jobs', 0, 'deadline'], '00:00'],
    ['no_whole_slot', ['jobs', 0, 'deadline'], '00:14'],
    ['negative_power', ['sites', 0, 'tariff', 'billedPeakKw'], -1],
    ['field', ['sites', 0, 'tariff', 'demandYuanPerKw'], -1],
    ['field', ['sites', 1, 'envelopeKw'], 1e308],
    ['field', ['jobs', 0, 'hours'], 1e308],
    ['field', ['jobs', 0, 'checkpoint'], { everyMinutes: 1e-300, costSeconds: 30 }],
    ['field', ['jobs', 0, 'checkpoint'], { everyMinutes: 10, costSeconds: 1e308 }],
    ['field', ['classes', 'finetune', 'a100', 1, 'speed'], 1e-300],
    ['reserved_name', ['jobs', 1], { ...JOB, job: '__proto__' }],
    ['reserved_name', ['classes', 'toString'], { a100: [{ watts: 1, speed: 1 }] }],
    ['reserved_name', ['sites', 0, 'tariff', 'periods', 'constructor'], 1],
    ['unknown_class', ['jobs', 0, 'class'], 'constructor'],
    ['unknown_period', ['sites', 0, 'tariff', 'windows', 0, 'period'], 'constructor'],
    ['unseen_character', ['jobs', 0, 'job'], 'a\u202eb'],
    ['repeated_name', ['jobs', 1, 'job'], 'j\u200b1'],
    ['repeated_name', ['jobs', 1, 'job'], ' j1'],
    ['field', ['jobs', 0, 'chips'], 0],
    ['field', ['jobs', 0, 'colour'], 'red'],
    ['field', ['jobs', 0, 'release'], 'noon'],
  ])('refuses %s at %j with one error that names the line', (code, path, value) => {
    const error = failure(edited(path, value))
    expect(error.code).toBe(`compute.${code}`)
    expect(error.details.line).toBeGreaterThan(1)
    expect(error.text.en + error.text.zh).not.toMatch(/\{\w+\}/)
  })

  test.each<[path: string, at: (string | number)[], value: unknown]>([
    ['sites.0.envelopeKw.1.value', ['sites', 0, 'envelopeKw', 1, 'value'], -5],
    ['sites.1.envelopeKw.lowKw.95', ['sites', 1, 'envelopeKw'], { lowKw: tooLowAt(95), expectedKw: 5, highKw: 6 }],
    ['sites.0.pue.40', ['sites', 0, 'pue'], tooLowAt(40)],
  ])('names %s, and no other window or value of the series', (path, at, value) => {
    expect(failure(edited(at, value)).details.path).toBe(path)
  })

  test('says in each language how a time is written', () => {
    const { en, zh } = failure(edited(['jobs', 0, 'release'], 'noon')).text
    expect([en, zh]).toEqual([
      expect.stringMatching(/: write a time as HH:MM from the start of the horizon$/),
      expect.stringMatching(/：时间请写作 HH:MM/),
    ])
  })

  test('names the area of which a period begins inside a slot', () => {
    const tariff = { periods: { peak: 1, flat: 0.5, valley: 0.2 }, area: '黑龙江', month: 3 }
    const day = edited(['sites', 1, 'tariff'], tariff)
    const inSlotsOf = (slotMinutes: number): string =>
      `${day}\nslotMinutes: ${slotMinutes}\nslots: ${1440 / slotMinutes}\n`
    expect(readSnapshot(inSlotsOf(30)).sites[1]!.yuanPerKwh[11]).toBe(0.5)
    expect(failure(inSlotsOf(60))).toMatchObject({
      code: 'compute.area_slots',
      message: expect.stringMatching(
        /sites\.1\.tariff\.area: a period of 黑龙江 begins at 05:30, inside a slot of 60 minutes/,
      ),
    })
  })

  test('names the tiers that there are', () => {
    expect(failure(edited(['jobs', 0, 'tier'], 5)).message).toMatch(/jobs\.0\.tier: .*0\|1\|2\|3/)
  })

  test('says on which line the file stops being YAML', () => {
    expect(failure('snapshot: a\nsites: {en: "x\n')).toMatchObject({ code: 'compute.not_yaml', details: { line: 3 } })
  })
})
