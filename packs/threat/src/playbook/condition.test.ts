import { expect, test } from 'vitest'
import { parseCondition, variablesOf } from './condition.ts'
import { holds, holdsIfKnown } from './evaluate-condition.ts'

const values = new Map<string, string | null>([
  ['__name__', 'web-01'],
  ['__count__', '12'],
  ['__ip__', '198.51.100.7'],
  ['__block__', '198.51.100.0/24'],
  ['__yes__', 'true'],
  ['__open__', null],
  ['__same__', 'web-01'],
])

test.each<[string, boolean]>([
  ["__name__:value = 'web-01'", true],
  ["__name__:value == 'web-01'", true],
  ["__name__:value NOT = 'web-01'", false],
  ["__name__:value <> 'x'", true],
  ['__count__:value > 9', true],
  ["__count__:value >= '100'", false],
  ['__count__:value = 12.0', true],
  ['__yes__:value = true', true],
  ["__name__:value IN ('db', 'web-01')", true],
  ["__name__:value NOT IN ('db', 'web-01')", false],
  ["__name__:value LIKE 'web-%'", true],
  ["__name__:value LIKE 'web_'", false],
  ["__name__:value LIKE 'web_0_'", true],
  ["__name__:value MATCHES '^web-[0-9]+$'", true],
  ["__name__:value MATCHES 'b-0'", true],
  ["__ip__:value ISSUBSET '198.51.100.0/24'", true],
  ["__block__:value ISSUPERSET '198.51.100.7'", true],
  ["__ip__:value ISSUBSET '10.0.0.0/8'", false],
  ['__name__:value = __same__:value', true],
  ["[__name__:value = 'web-01' AND NOT (__count__:value < 12)]", true],
  ["__name__:value = 'x' AND __count__:value = 1 OR __yes__:value = true", true],
  ["__name__:value = 'x' AND (__count__:value = 1 OR __yes__:value = true)", false],
  ["__open__:value = 'x' OR __yes__:value = true", true],
  ["__name__:value = 'it\\'s \\\\'", false],
])('%s is %s', (text, wanted) => {
  expect(holds(parseCondition(text), values)).toBe(wanted)
})

test('a missing value is unknown where it decides, and then an error that names it', () => {
  const condition = parseCondition("__yes__:value = true AND __open__:value = 'x'")
  expect(holdsIfKnown(condition, values)).toBeUndefined()
  expect(() => holds(condition, values)).toThrow('__open__')
  expect(variablesOf(condition)).toEqual(['__yes__', '__open__'])
})

test.each([
  ['__a__:value = testing', 'character 15'],
  ["[ipv4-addr:value = '1.2.3.4']", 'character 2'],
  ["[__a__:value = 'x'] FOLLOWEDBY [__a__:value = 'y']", '"FOLLOWEDBY" is not part of the subset'],
  ["__a__:value = 'x' WITHIN 5 SECONDS", '"WITHIN"'],
  ['__a__:value', 'expected a comparison'],
  ["__a__:value = 'x", 'character 15'],
  ["__a__:value = 'x' 'y'", '"y" follows a finished comparison'],
  ["'x' = __a__:value", 'expected a variable'],
  ["__a__:value MATCHES '(?=x)'", 'character 13'],
  ['(__a__:value = 1', 'expected ")", found the end'],
  ['', 'expected a variable'],
  [`${'('.repeat(100_000)}`, 'longer than 4096'],
  [`${'('.repeat(4000)}__a__:value = 1`, 'not more than 32 levels'],
  [`${'NOT '.repeat(1000)}__a__:value = 1`, 'not more than 32 levels'],
])('refuses %s', (text, wanted) => {
  expect(() => parseCondition(text)).toThrow(wanted)
})
