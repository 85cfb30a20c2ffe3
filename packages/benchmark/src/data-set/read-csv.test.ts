import { describe, expect, test } from 'vitest'
import type { ColumnStandard } from '../benchmark/benchmark.ts'
import { type ReadTable, readCsv } from './read-csv.ts'
import { sequence } from './sample-table.ts'

const STANDARD: readonly ColumnStandard[] = [
  { name: 'year', unit: '1', kind: 'number', use: 'period' },
  { name: 'a', unit: '°C', kind: 'number', use: 'feature', range: [0, 50] },
  { name: 'kind', unit: '1', kind: 'category', use: 'group', values: ['red', 'grün'] },
  { name: 'note', unit: '1', kind: 'category', use: 'ignored' },
]
const HEADER = 'year,a,kind,note\n'

function read(file: string | Uint8Array, chunk = 1 << 16): Promise<ReadTable> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file
  return readCsv(chunksOf(bytes, chunk), STANDARD, { maxBytes: 1e6, maxRows: 1000 })
}

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

function found({ faults }: ReadTable): readonly string[] {
  return faults.kept().map(({ code, column, row }) => `${row} ${code} ${column}`.trim())
}

describe('readCsv', () => {
  const golden = `\ufeffnote,kind,a,year\r\n"one, two",red, 1.5 ,2011\r\n\r\n"say ""no""\nnow",grün,2e1,2012\r\nlast,red,0,2012`

  test.each([1, 2, 3, 7, 1000])(
    'reads quotes, CRLF, BOM, blanks and any column order in chunks of %i',
    async (chunk) => {
      const { table, lines, faults } = await read(golden, chunk)
      expect(faults.counts()).toEqual([])
      expect(table.rows).toBe(3)
      expect([...lines]).toEqual([2, 4, 6])
      expect(Object.fromEntries(table.numbers)).toEqual({
        year: Float64Array.of(2011, 2012, 2012),
        a: Float64Array.of(1.5, 20, 0),
      })
      expect(Object.fromEntries(table.categories)).toEqual({
        kind: { codes: Int32Array.of(0, 1, 0), labels: ['red', 'grün'] },
        note: { codes: Int32Array.of(0, 1, 2), labels: ['one, two', 'say "no"\nnow', 'last'] },
      })
    },
  )

  test.each<[faults: string[], file: string | Uint8Array]>([
    [['1 no_header'], ''],
    [['1 no_header'], '2011,1,red,x\n2012,2,red,y\n'],
    [['1 missing_column note'], 'year,a,kind\n2011,1,red\n'],
    [['1 extra_column b'], 'year,a,kind,note,b\n'],
    [['1 extra_column #5', '1 extra_column #6'], 'year,a,kind,note,1.5,7\n'],
    [['1 duplicate_column a', '1 missing_column note'], 'year,a,kind,a\n'],
    [['1 no_rows'], HEADER],
    [['3 wrong_cell_count', '4 wrong_cell_count'], `${HEADER}1,1,red,x\n1,1,red\n1,1,red,x,\n`],
    [['2 bad_quote', '3 bad_quote', '4 bad_quote'], `${HEADER}1,1,red,"x"y\n1,1,red,a"b\n1,1,red,"open`],
    [['2 not_a_number a', '3 not_a_number a'], `${HEADER}1,1x,red,x\n1,Infinity,red,x\n`],
    [['2 missing a', '3 missing a', '4 missing kind'], `${HEADER}1,,red,\n1,NA,red,x\n1,1,"",x\n`],
    [['3 out_of_range a'], `${HEADER}1,50,red,x\n1,-0.001,red,x\n`],
    [['2 unknown_category kind'], `${HEADER}1,1,blue,x\n`],
    [['2 invalid_utf8 note'], Buffer.concat([Buffer.from(`${HEADER}1,1,red,`), Buffer.of(0xff, 0x0a)])],
    [['2 nul_byte a', '2 nul_byte note'], `${HEADER}1,\0,red,x\0\n`],
  ])('reports %j by line and column', async (expected, file) => {
    expect(found(await read(file))).toEqual(expected)
  })

  test('counts every fault, keeps the first thousand', async () => {
    const { faults } = await readCsv(chunksOf(Buffer.from(HEADER + '1,x,red,x\n'.repeat(3000)), 999), STANDARD)
    expect(faults.counts()).toEqual([{ code: 'not_a_number', column: 'a', count: 3000 }])
    expect(faults.kept()).toHaveLength(1000)
    expect(faults.kept()[0]?.text).toEqual({ en: 'line 2, a: not a number', zh: '第 2 行 a：不是数值' })
  })

  test('refuses too many bytes after the first megabyte of an endless file', async () => {
    let sent = 0
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(HEADER)
      for (;;) {
        sent += 10_000
        yield Buffer.from('1,1,red,x\n'.repeat(1000))
      }
    }
    const limits = { maxBytes: 1e6, maxRows: 1e9 }
    await expect(readCsv(endless(), STANDARD, limits)).rejects.toMatchObject({
      code: 'data_set.too_large',
      kind: 'limit',
    })
    expect(sent).toBeLessThan(1.1e6)
  })

  test('a record that comes byte by byte takes no longer than one that comes at once', async () => {
    const before = process.cpuUsage()
    const { table } = await read(`${HEADER}1,1,red,"${'x\n'.repeat(200_000)}"\n`, 1)
    expect([table.rows, table.categories.get('note')?.labels[0]?.length]).toEqual([1, 400_000])
    // of all threads: a fifth of a second here, a minute and a half where each byte read what came before
    expect(process.cpuUsage(before).user / 1e6).toBeLessThan(30)
  })

  test('refuses too many rows and a quote that never closes', async () => {
    await expect(read(HEADER + '1,1,red,x\n'.repeat(1001))).rejects.toMatchObject({ code: 'data_set.too_many_rows' })
    const open = Buffer.from(`${HEADER}1,1,red,"${'x'.repeat(3e6)}`)
    await expect(readCsv(chunksOf(open, 65_536), STANDARD)).rejects.toMatchObject({
      code: 'data_set.record_too_long',
      details: { line: 2 },
    })
  })

  test('never fails on random bytes, and says the same in any chunking', async () => {
    const random = sequence(11)
    const alphabet = Buffer.from('0123456789.eE+-,,,\n\n\r"" \0\xffredyanokind', 'latin1')
    for (let round = 0; round < 300; round += 1) {
      const noise = Buffer.from(Array.from({ length: 200 }, () => alphabet[Math.floor(random() * alphabet.length)]!))
      const file = round % 4 === 0 ? noise : Buffer.concat([Buffer.from(HEADER), noise])
      const [whole, pieces] = await Promise.all([read(file), read(file, 1 + Math.floor(random() * 20))])
      expect(found(pieces)).toEqual(found(whole))
      expect(pieces.table).toEqual(whole.table)
    }
  })
})
