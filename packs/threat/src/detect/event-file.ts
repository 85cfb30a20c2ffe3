import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip } from 'node:zlib'

const CHUNK = 2 ** 20

/** The bytes of an event file, `-` for standard input; .gz and .br are unpacked on the way. Errors of file and packing are thrown while reading. */
export function readEventFile(path: string): AsyncIterable<Uint8Array> {
  if (path === '-') return process.stdin
  const file = createReadStream(path, { highWaterMark: CHUNK })
  const unpack = path.endsWith('.gz')
    ? createGunzip({ chunkSize: CHUNK })
    : path.endsWith('.br')
      ? createBrotliDecompress({ chunkSize: CHUNK })
      : undefined
  // the error also reaches the reader of the last stream, which is where it is handled
  return unpack ? pipeline(file, unpack, () => undefined) : file
}
