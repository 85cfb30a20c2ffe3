import { expect, test } from 'vitest'
import { parseNumber } from './parse-number.ts'
import { sequence } from './sample-table.ts'

const parse = (text: string): number => {
  const bytes = new TextEncoder().encode(`;${text};`)
  return parseNumber(bytes, 1, bytes.length - 1)
}

test.each([
  '0',
  '-0',
  '12',
  '+3.5',
  '.5',
  '5.',
  '1e3',
  '1E-3',
  '92600.0',
  '0.00038751',
  '1e22',
  '1e23',
  '1e-22',
  '1e-320',
])('reads %s as Number does', (text) => expect(parse(text)).toBe(Number(text)))

test.each(['', '-', '.', 'e3', '1e', '1e+', '1.2.3', '1,5', '0x10', 'Infinity', '1e999', 'NaN', '1 2', '１'])(
  'does not take %j for a number',
  (text) => expect(parse(text)).toBeNaN(),
)

test('agrees with Number on 20,000 random decimals of all lengths', () => {
  const random = sequence(7)
  for (let i = 0; i < 20_000; i += 1) {
    const digits = Math.floor(random() * 10 ** Math.ceil(random() * 15)).toString()
    const more = random() < 0.5 ? `.${Math.floor(random() * 1e12)}` : ''
    const power = random() < 0.3 ? `e${Math.floor(random() * 80) - 40}` : ''
    const text = digits + more + power
    expect(Object.is(parse(text), Number(text)), text).toBe(true)
  }
})
