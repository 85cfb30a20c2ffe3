import { expect, test } from 'vitest'
import { actOnWorld, meetTarget, simulatedWorld } from '../../respond/simulated-world.ts'

const contain = { action: 'contain', target: { device: { hostname: 'web-1' } } }
const disable = { action: 'contain', target: { 'x-dengta:account': { account_name: 'eve' } } }

test('a host that a command names is met once, and keeps its state: consent may come after a restart', () => {
  const world = simulatedWorld([], [])
  expect(actOnWorld(world, contain)).toMatchObject({ status: 404 })
  meetTarget(world, contain)
  expect(actOnWorld(world, contain)).toMatchObject({ status: 200 })
  meetTarget(world, contain)
  expect(world.hosts.get('web-1')).toMatchObject({ contained: true })
  meetTarget(world, disable)
  meetTarget(world, 'no command')
  expect([[...world.hosts.keys()], [...world.accounts.keys()]]).toEqual([['web-1'], ['eve']])
})
