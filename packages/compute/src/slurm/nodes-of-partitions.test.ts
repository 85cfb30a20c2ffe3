import { expect, test } from 'vitest'
import { descriptionOf } from './nodes-of-partitions.ts'
import { nodesOf } from './slurm-description.ts'

/** As sinfo of Slurm 22.05 prints it: a node once for each of its partitions. */
const ANSWER = `gpu01|north|gpu:a910b:8(S:0-1)
gpu02|north|shard:4,gpu:a910b:8
gpu02|debug*|shard:4,gpu:a910b:8
gpu03|north|gpu:mlu370:8
login|north|(null)
big01|west|gpu:a910b:16
`

test('sites are what the partitions of a cluster hold, nodes under their own names', () => {
  const description = descriptionOf(ANSWER, ['north'])
  expect(description).toMatchObject({
    chipsPerNode: 8,
    sites: [
      {
        site: 'north',
        pools: [
          { chip: 'a910b', nodes: 2 },
          { chip: 'mlu370', nodes: 1 },
        ],
      },
    ],
  })
  expect(nodesOf(description).map(({ name, chip }) => `${name} ${chip}`)).toEqual([
    'gpu01 a910b',
    'gpu02 a910b',
    'gpu03 mlu370',
  ])
})

test.each([
  [
    'a partition that is not there',
    ['south'],
    'engine_file.no_partition',
    /no partition south.*it has north, debug\*, west/,
  ],
  ['nodes of several sizes', ['north', 'west'], 'engine_file.uneven_nodes', /big01 of partition west has 16 chips.*8/],
])('%s is refused by name', (_, sites, code, said) => {
  expect(() => descriptionOf(ANSWER, sites)).toThrow(
    expect.objectContaining({ code, text: expect.objectContaining({ en: expect.stringMatching(said) }) }),
  )
})
