import type { FileHandle } from 'node:fs/promises'

/** Writes pieces one behind the other from `at`; answers the offset behind them. A short write is gone on with. */
export async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], at: number): Promise<number> {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0)
  let { bytesWritten } = await file.writev(pieces, at)
  while (bytesWritten < total) {
    const rest = Buffer.concat(pieces).subarray(bytesWritten)
    bytesWritten += (await file.write(rest, 0, rest.length, at + bytesWritten)).bytesWritten
  }
  return at + total
}
