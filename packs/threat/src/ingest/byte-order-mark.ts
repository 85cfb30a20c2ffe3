const MARK = Buffer.of(0xef, 0xbb, 0xbf)
const BLANKS = Buffer.from(' '.repeat(MARK.length))

/** The byte order mark of UTF-8, which Windows programs write in front of the first line. */
const beginsWithMark = (bytes: Uint8Array): boolean => MARK.equals(bytes.subarray(0, MARK.length))

/** The bytes without a mark in front of the first of them, however small the pieces are in which they come. */
export async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array | undefined = new Uint8Array()
  for await (const chunk of chunks) {
    if (!begun) yield chunk
    else {
      begun = begun.length === 0 ? chunk : Buffer.concat([begun, chunk])
      if (begun.length < MARK.length) continue
      yield beginsWithMark(begun) ? begun.subarray(MARK.length) : begun
      begun = undefined
    }
  }
  if (begun) yield begun
}

/** The same with blanks in its place, which JSON allows: positions stay as they are. */
export const withBlankMark = (bytes: Buffer): Buffer =>
  beginsWithMark(bytes) ? Buffer.concat([BLANKS, bytes.subarray(MARK.length)]) : bytes
