const LINE_END = 10
/** A longer line is no event: it is passed over without being held in memory. */
const MAX_LINE_BYTES = 16 * 2 ** 20

/** A batch of whole lines; every line end is there. `tooLong` counts lines passed over in front of them. */
export interface LineBatch {
  readonly bytes: Uint8Array
  readonly tooLong: number
}

/** Cuts a stream of bytes into batches of whole lines. A last line without an end gets one. */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number = MAX_LINE_BYTES,
): AsyncGenerator<LineBatch> {
  let kept: Uint8Array[] = []
  let keptBytes = 0
  let dropping = false
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LINE_END)
    if (end < 0) {
      dropping ||= keptBytes + chunk.length > maxLineBytes
      kept = dropping ? [] : [...kept, chunk]
      keptBytes = dropping ? 0 : keptBytes + chunk.length
      continue
    }
    const begin = dropping ? chunk.indexOf(LINE_END) + 1 : 0
    yield { bytes: Buffer.concat([...kept, chunk.subarray(begin, end + 1)]), tooLong: dropping ? 1 : 0 }
    dropping = false
    kept = [chunk.subarray(end + 1)]
    keptBytes = chunk.length - end - 1
  }
  if (dropping) yield { bytes: new Uint8Array(), tooLong: 1 }
  else if (keptBytes > 0) yield { bytes: Buffer.concat([...kept, Buffer.of(LINE_END)]), tooLong: 0 }
}
