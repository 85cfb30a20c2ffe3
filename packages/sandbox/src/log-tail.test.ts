import { expect, test } from 'vitest'
import { LogTail } from './log-tail.ts'

test('keeps the last 16 KB of many chunks and counts all', () => {
  const tail = new LogTail()
  for (let i = 0; i < 100; i += 1) tail.add(Buffer.from(`${i} `.padEnd(1000, '.')))
  expect(tail.total).toBe(100_000)
  expect(tail.text().length).toBe(16 * 1024)
  expect(tail.text().includes('99 ')).toBe(true)
  expect(tail.text().includes('80 ')).toBe(false)
})

test('keeps the end of one big chunk', () => {
  const tail = new LogTail()
  tail.add(Buffer.concat([Buffer.alloc(1_000_000, 'a'), Buffer.from('end')]))
  expect(tail.text().endsWith('aend')).toBe(true)
  expect(tail.text().length).toBe(16 * 1024)
})
