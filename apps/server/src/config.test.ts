import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test.each([
  ['DENGTA_MAX_DATA_BYTES', '2GB'],
  ['DENGTA_MAX_DATA_ROWS', 'many'],
  ['DENGTA_MAX_DATA_ROWS', '-1'],
  ['DENGTA_WATTS_PER_CORE', '10 W'],
])('%s=%s is refused: it would limit nothing', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`${name} is "${value}"`)
})

test('what is not set is as usual, and host names are read as clients send them', () => {
  const config = readConfig({
    DENGTA_HOME: 'here',
    DENGTA_HOSTS: 'Dengta.example, other.example,',
    DENGTA_MAX_DATA_ROWS: '',
  })
  expect(config).toMatchObject({ home: join(process.cwd(), 'here'), maxDataBytes: 2 ** 31, maxDataRows: 2_000_000 })
  expect(config.hosts.slice(3)).toEqual(['dengta.example', 'other.example'])
})
