import { expect, test } from 'vitest'
import { LogLines } from './log-lines.ts'

const MEBI = 2 ** 20
const big = (text: string, bytes = 10 * MEBI): string => text.repeat(Math.ceil(bytes / text.length))

/** Lines that make a careless reader slow or deep. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a parameter of 10 MiB': `<34>1 - h a - - [a b="${big('x')}"] m`,
  'a parameter of escapes': `<34>1 - h a - - [a b="${big('\\"')}"] m`,
  'a parameter without end': `<34>1 - h a - - [a b="${big('x')}`,
  'a million elements': `<34>1 - h a - - ${big('[a]', 3 * MEBI)} m`,
  'blanks without end': `<34>1 - h a - - [a${big(' ')}`,
  'a message of 10 MiB': `<34>Oct 11 22:14:15 h su: ${big('y')}`,
  'a tag without end': `<34>Oct 11 22:14:15 ${big('t')}`,
  'JSON without end': `<34>1 - h a - - - ${big('{"a":')}`,
  'JSON nested 100,000 deep': `<34>1 - h a - - - ${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`,
  'an audit record of fields': `type=SYSCALL msg=audit(1.000:1): ${big('a=1 ', MEBI)}`,
  'an audit record of open quotes': `type=SYSCALL msg=audit(1.000:1): ${big(`a="b='`, MEBI)}`,
  'an audit record of one word': `type=SYSCALL msg=audit(1.000:1): ${big('w', MEBI)}`,
  'sudo without end': `<34>Oct 11 22:14:15 h sudo: ${big('USER=a ; x', MEBI)}`,
  'control characters': `<34>1 - h a - - - ${big('\u0000\ud800', MEBI)}`,
}

test.each(Object.entries(HOSTILE))('%s is read within two seconds', (_, line) => {
  const reader = new LogLines({ onFault: () => undefined, now: () => 0 })
  const begun = process.cpuUsage()
  const made = reader.push(line) + reader.end()
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1e6).toBeLessThan(2)
  expect(made.endsWith('}\n') && made.split('\n').length).toBe(2)
})
