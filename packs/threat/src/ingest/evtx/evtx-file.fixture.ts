import { crc32 } from 'node:zlib'
import { BinaryXmlWriter } from './binary-xml-writer.fixture.ts'

export type WriteRecord = (writer: BinaryXmlWriter) => void

const CHUNK = 65_536

/** An EVTX file: for each chunk the records to write into it, numbered through. */
export function evtxFile(chunks: readonly (readonly WriteRecord[])[], flags = 0): Buffer {
  const header = Buffer.alloc(4096)
  header.write('ElfFile\0', 'latin1')
  header.writeBigUInt64LE(BigInt(Math.max(0, chunks.length - 1)), 16)
  header.writeBigUInt64LE(BigInt(chunks.flat().length + 1), 24)
  header.writeUInt32LE(128, 32)
  header.writeUInt16LE(1, 36)
  header.writeUInt16LE(3, 38)
  header.writeUInt16LE(4096, 40)
  header.writeUInt16LE(chunks.length, 42)
  header.writeUInt32LE(flags, 120)
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124)
  let next = 1
  const written = chunks.map((records) => {
    const chunk = evtxChunk(records, next)
    next += records.length
    return chunk
  })
  return Buffer.concat([header, ...written])
}

function evtxChunk(records: readonly WriteRecord[], first: number): Buffer {
  const chunk = Buffer.alloc(CHUNK)
  const writer = new BinaryXmlWriter(chunk, 512)
  let last = 512
  for (const [index, write] of records.entries()) {
    last = writer.at
    writeRecord(writer, first + index, write)
  }
  chunk.write('ElfChnk\0', 'latin1')
  for (const place of [8, 24]) chunk.writeBigUInt64LE(BigInt(first), place)
  for (const place of [16, 32]) chunk.writeBigUInt64LE(BigInt(first + records.length - 1), place)
  chunk.writeUInt32LE(128, 40)
  chunk.writeUInt32LE(last, 44)
  chunk.writeUInt32LE(writer.at, 48)
  sealChunk(chunk)
  return chunk
}

/** Sets both check sums anew, so that a reader looks at what was changed. */
export function sealChunk(chunk: Buffer): void {
  chunk.writeUInt32LE(crc32(chunk.subarray(512, chunk.readUInt32LE(48))), 52)
  chunk.writeUInt32LE(crc32(chunk.subarray(128, 512), crc32(chunk.subarray(0, 120))), 124)
}

function writeRecord(writer: BinaryXmlWriter, number: number, write: WriteRecord): void {
  const from = writer.at
  const { chunk } = writer
  chunk.writeUInt32LE(0x2a2a, from)
  chunk.writeBigUInt64LE(BigInt(number), from + 8)
  chunk.writeBigUInt64LE(133_500_000_000_000_000n + BigInt(number), from + 16)
  writer.at += 24
  write(writer)
  writer.at += 4 + ((8 - ((writer.at + 4 - from) % 8)) % 8)
  chunk.writeUInt32LE(writer.at - from, from + 4)
  chunk.writeUInt32LE(writer.at - from, writer.at - 4)
}
