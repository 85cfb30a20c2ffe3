/** An address as 4 or 16 bytes; undefined where the text is no IPv4 or IPv6 address. */
function addressBytes(text: string): Uint8Array | undefined {
  return text.includes(':') ? ipv6(text) : ipv4(text)
}

function ipv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) {
    return undefined
  }
  return Uint8Array.from(parts, Number)
}

function ipv6(text: string): Uint8Array | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail) {
    const last = ipv4(tail[2] as string)
    if (!last) return undefined
    const [a, b, c, d] = last as unknown as [number, number, number, number]
    return ipv6(`${tail[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, end] = halves.map((half) => (half === '' ? [] : half.split(':'))) as [string[], string[] | undefined]
  const gap = 8 - head.length - (end?.length ?? 0)
  if (end ? gap < 1 : gap !== 0) return undefined
  return groupBytes([...head, ...Array<string>(end ? gap : 0).fill('0'), ...(end ?? [])])
}

function groupBytes(groups: readonly string[]): Uint8Array | undefined {
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
}

export interface Block {
  readonly address: Uint8Array
  /** Leading bits that must be equal: 0 to 32 or 128. */
  readonly bits: number
}

/** Undefined where the text is no block `address/bits`, or has bits set behind the prefix (as Python's ipaddress refuses). */
export function readBlock(text: string): Block | undefined {
  const [host = '', length, ...rest] = text.split('/')
  const address = addressBytes(host)
  if (!address || rest.length > 0) return undefined
  const bits = length === undefined ? address.length * 8 : /^\d{1,3}$/.test(length) ? Number(length) : -1
  if (bits < 0 || bits > address.length * 8) return undefined
  const block = { address, bits }
  return address.every((byte, i) => (byte & ~maskAt(block, i) & 255) === 0) ? block : undefined
}

const maskAt = ({ bits }: Block, i: number): number => (255 << (8 - Math.max(0, Math.min(8, bits - 8 * i)))) & 255

/** The zone behind an IPv6 address (`fe80::1%12`, RFC 4007) says on which interface it is and changes nothing. */
export function isInBlock(block: Block, text: string): boolean {
  const address = addressBytes(text.includes(':') ? text.replace(/%.*$/, '') : text)
  if (address?.length !== block.address.length) return false
  return address.every((byte, i) => ((byte ^ (block.address[i] as number)) & maskAt(block, i)) === 0)
}
