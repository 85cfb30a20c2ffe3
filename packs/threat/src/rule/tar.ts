export interface TarEntry {
  readonly path: string
  readonly bytes: Uint8Array
}

const BLOCK = 512

/** The regular files of a tar archive (ustar, with the long names of GNU tar and pax). Throws RangeError where it is cut off. */
export function readTar(archive: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = []
  let longName = ''
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const size = Number.parseInt(textAt(archive, at + 124, 12).trim() || '0', 8)
    const start = at + BLOCK
    if (!(start + size <= archive.length)) throw new RangeError('the tar archive is cut off')
    const bytes = archive.subarray(start, start + size)
    const type = textAt(archive, at + 156, 1)
    if (type === 'L') longName = textAt(bytes, 0, bytes.length)
    else if (type === 'x') longName = paxPath(bytes)
    else {
      if (type === '0' || type === '') entries.push({ path: clean(longName || nameAt(archive, at)), bytes })
      longName = ''
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  return entries
}

/** Records of `length key=value` and a line end, the length that of the whole record; '' where no path is among them. */
function paxPath(bytes: Uint8Array): string {
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(textAt(bytes, at, 20), 10)
    if (!(length > 0)) return ''
    const [, key, value = ''] = /^\d+ ([^=]*)=([\s\S]*)\n$/.exec(textAt(bytes, at, length)) ?? []
    if (key === 'path') return value
    at += length
  }
  return ''
}

function nameAt(archive: Uint8Array, at: number): string {
  const name = textAt(archive, at, 100)
  const prefix = textAt(archive, at + 257, 5) === 'ustar' ? textAt(archive, at + 345, 155) : ''
  return prefix ? `${prefix}/${name}` : name
}

const clean = (path: string): string => path.replace(/^\.\//, '')

function textAt(bytes: Uint8Array, at: number, length: number): string {
  const field = bytes.subarray(at, at + length)
  const end = field.indexOf(0)
  return Buffer.from(end < 0 ? field : field.subarray(0, end)).toString('utf8')
}
