import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { type UnzstdOptions, unzstd } from './unzstd.ts'

const hasZstd = spawnSync('zstd', ['--version']).status === 0
const note = hasZstd ? '' : ': SKIPPED, install zstd (scripts/setup-debian.sh)'

/** Packed by the zstd program, which knows nothing of our reader. */
function pack(bytes: Uint8Array, ...flags: string[]): Buffer {
  const { stdout, status, stderr } = spawnSync('zstd', ['-q', '-c', ...flags], { input: bytes, maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(stderr.toString())
  return stdout
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

interface Unpacked {
  readonly bytes: Buffer
  readonly error: string | undefined
}

async function unpack(packed: Uint8Array, options: Partial<UnzstdOptions> & { size?: number } = {}): Promise<Unpacked> {
  const parts: Uint8Array[] = []
  try {
    for await (const part of unzstd(cut(packed, options.size ?? 2 ** 20), { file: 'f', ...options })) parts.push(part)
    return { bytes: Buffer.concat(parts), error: undefined }
  } catch (error) {
    return { bytes: Buffer.concat(parts), error: (error as { code?: string }).code ?? String(error) }
  }
}

/** Lines that pack about as logs do; the same for the same seed. */
function logLines(lines: number, seed: number): Buffer {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0)
  const text = Array.from(
    { length: lines },
    () => `{"EventID":${next() % 5000},"Image":"C:\\\\${next().toString(36)}"}`,
  )
  return Buffer.from(`${text.join('\n')}\n`)
}

const text = logLines(60_000, 1)

test.runIf(hasZstd).each([['-1'], ['-3'], ['-9'], ['-15'], ['--long=27'], ['--no-check'], ['--fast=5']])(
  `what zstd packs with %s is unpacked${note}`,
  async (...flags) => {
    const { bytes, error } = await unpack(pack(text, ...flags))
    expect([error, bytes.equals(text)]).toEqual([undefined, true])
  },
)

test.runIf(hasZstd)(`chunks of any size, several frames, skippable and empty ones${note}`, async () => {
  const small = text.subarray(0, 40_000)
  const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
  const packed = Buffer.concat([pack(small), skippable, pack(Buffer.alloc(0)), pack(small, '--no-check'), skippable])
  for (const size of [1, 7, 4096]) {
    const { bytes, error } = await unpack(packed, { size })
    expect([error, bytes.equals(Buffer.concat([small, small]))]).toEqual([undefined, true])
  }
})

test.runIf(hasZstd)(`a file cut at any byte gives its beginning and says so${note}`, async () => {
  const small = text.subarray(0, 300)
  const packed = pack(small)
  for (let end = 1; end < packed.length; end += 1) {
    const { bytes, error } = await unpack(packed.subarray(0, end))
    expect([end, error, bytes.equals(small.subarray(0, bytes.length))]).toEqual([
      end,
      'threat_ingest.zstd_truncated',
      true,
    ])
  }
  const large = pack(text)
  const { bytes } = await unpack(large.subarray(0, large.length / 2))
  expect(bytes.length).toBeGreaterThan(text.length / 4)
})

test.runIf(hasZstd)(`flipped bits are found, never obeyed for ever${note}`, async () => {
  const small = text.subarray(0, 400)
  const packed = pack(small)
  const errors = new Set<string | undefined>()
  for (let bit = 0; bit < packed.length * 8; bit += bit < 128 ? 1 : 5) {
    const damaged = Buffer.from(packed)
    damaged[bit >> 3] = (damaged[bit >> 3] as number) ^ (1 << (bit & 7))
    const { bytes, error } = await unpack(damaged)
    errors.add(error)
    expect(error !== undefined || bytes.equals(small) || bytes.length === 0).toBe(true)
  }
  expect([...errors].sort()).toEqual(
    expect.arrayContaining(['threat_ingest.zstd_checksum', 'threat_ingest.zstd_damaged']),
  )
})

test.runIf(hasZstd)(`windows, dictionaries and bombs are refused by name${note}`, async () => {
  const zeros = Buffer.alloc(2 ** 24)
  const limits = { freeBytes: 2 ** 20, maxRatio: 1000 }
  const bomb = await unpack(pack(zeros), limits)
  expect([bomb.error, bomb.bytes.length < 2 ** 22]).toEqual(['threat_ingest.unpacks_too_large', true])
  expect(await unpack(Buffer.from('{"no":"zstd"}\n'))).toMatchObject({ error: 'threat_ingest.zstd_damaged' })
  // frame header: magic, descriptor, window of 2^30 bytes
  expect(await unpack(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 1, 0, 0]))).toMatchObject({
    error: 'threat_ingest.zstd_window',
  })
  // one segment of one byte with dictionary 7
  expect(await unpack(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 1, 9, 0, 0, 65]))).toMatchObject({
    error: 'threat_ingest.zstd_dictionary',
  })
})
