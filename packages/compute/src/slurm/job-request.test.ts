import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { Order } from '../executor/executor.ts'
import { wattsAllowed } from '../executor/watts.ts'

import { readComment, writeComment } from './job-comment.ts'
import { licencesOf, requestOf, scriptOf } from './job-request.ts'

const DESCRIPTION = {
  chipsPerNode: 8,
  sites: [{ site: 'north', limitKw: 100, pools: [{ chip: 'a910b', nodes: 4 }] }],
}

const ORDER: Order = {
  job: 'train-1',
  participant: '甲 & "乙"; rm -rf |\n',
  site: 'north',
  chip: 'a910b',
  chips: 8,
  wattsPerChip: 310,
  kw: 2.976,
  minutes: 90.5,
  mayPause: true,
  command: ['python3', 'train.py'],
}

describe('what Slurm is asked for an order', () => {
  test('one node is shared, whole nodes above it', () => {
    expect(requestOf(ORDER, true, DESCRIPTION)).toMatchObject({
      partition: 'north',
      nodes: 1,
      chipType: 'a910b',
      chipsPerNode: 8,
      licences: 'watts_north@grid:2976',
      minutes: 91,
      held: true,
    })
    expect(requestOf({ ...ORDER, chips: 3 }, false, DESCRIPTION)).toMatchObject({ nodes: 1, chipsPerNode: 3 })
    expect(requestOf({ ...ORDER, chips: 17 }, false, DESCRIPTION)).toMatchObject({ nodes: 3, chipsPerNode: 8 })
  })

  test('Slurm chooses the nodes unless the order names them', () => {
    expect(requestOf(ORDER, false, DESCRIPTION).nodeList).toEqual([])
    expect(requestOf({ ...ORDER, nodes: ['n3'] }, false, DESCRIPTION).nodeList).toEqual(['n3'])
  })

  test('power is rounded up for a job, down for a limit; none asks for no licence', () => {
    expect(licencesOf('north', 2.0001)).toBe('watts_north@grid:2001')
    expect(licencesOf('north', 0.1 + 0.2)).toBe('watts_north@grid:300')
    expect(licencesOf('north', 0)).toBe('')
    expect(wattsAllowed(2.9999)).toBe(2999)
    expect(wattsAllowed(0.7 + 0.1)).toBe(800)
  })

  test.each<[Partial<Order>, string]>([
    [{ site: 'nowhere' }, 'slurm.unknown_site'],
    [{ chip: 'h100' }, 'slurm.unknown_chip'],
    [{ job: 'a b' }, 'slurm.unsafe_name'],
    [{ job: 'a;reboot' }, 'slurm.unsafe_name'],
    [{ job: 'a,b' }, 'slurm.unsafe_name'],
    [{ job: '-x' }, 'slurm.unsafe_name'],
    [{ job: '$(id)' }, 'slurm.unsafe_name'],
    [{ job: 'a\n' }, 'slurm.unsafe_name'],
    [{ job: '' }, 'slurm.unsafe_name'],
    [{ job: '../x' }, 'slurm.unsafe_name'],
    [{ nodes: ['n1,n2'] }, 'slurm.bad_order'],
    [{ nodes: ['--uid=0'] }, 'slurm.bad_order'],
    [{ chips: 0 }, 'slurm.bad_order'],
    [{ chips: 33 }, 'slurm.bad_order'],
    [{ minutes: 0 }, 'slurm.bad_order'],
    [{ kw: -1 }, 'slurm.bad_order'],
    [{ wattsPerChip: Number.NaN }, 'slurm.bad_order'],
    [{ command: [] }, 'slurm.bad_order'],
    [{ command: ['a\0b'] }, 'slurm.bad_order'],
  ])('%j is refused', (change, code) => {
    expect(() => requestOf({ ...ORDER, ...change }, false, DESCRIPTION)).toThrow(expect.objectContaining({ code }))
  })

  test('a shell hands every word on as it was', () => {
    const words = ["it's", '$HOME $(id) `id`', '"', '\\', 'a\nb', '#SBATCH --uid=0', '', '*', '中文']
    const script = scriptOf(['printf', '%s|', ...words])
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(words.map((word) => `${word}|`).join(''))
  })
})

describe('the comment of a job', () => {
  test('holds what the house must know again, whatever the participant is called', () => {
    const { participant, site, chip, chips, wattsPerChip, kw } = ORDER
    expect(readComment(writeComment(ORDER))).toEqual({ participant, site, chip, chips, wattsPerChip, kw })
  })

  test('has no blank, quote, bar or line end', () => {
    expect(writeComment(ORDER)).toMatch(/^[\w.~*=&%+-]+$/)
  })

  test('of a foreign job is no fact of ours', () => {
    expect(readComment('please run soon')).toBeUndefined()
  })

  test.each(['', '8', 'x@0', '8@x', '-8@0', 'Infinity@0', '8@5', '8@0 0@9', '8@0 4@NaN'])(
    'with gangs that are none, %j, has the gang of its order',
    (gangs) => {
      const comment = new URLSearchParams(writeComment(ORDER))
      comment.set('gangs', gangs)
      expect(readComment(comment.toString())).toMatchObject({ chips: ORDER.chips, gangs: undefined })
    },
  )

  test.each(['kw=', 'kw=much', 'kw=-1', 'kw=Infinity', 'chips=0', 'chips=1.5', 'watts=NaN'])(
    'with %s counts nowhere: no sum of a site is blurred by it',
    (wrong) => {
      const comment = new URLSearchParams(writeComment(ORDER))
      const [name, value] = wrong.split('=')
      comment.set(name!, value!)
      expect(readComment(comment.toString())).toBeUndefined()
    },
  )
})
