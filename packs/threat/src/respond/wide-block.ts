import { readBlock } from '../rule/cidr.ts'
import { respondErrors } from './respond-errors.ts'

/** Leading bits that a block to be blocked has at least, by bytes of its addresses: a slip must not cut a house off. */
const LEAST_BITS: Readonly<Record<number, number>> = { 4: 8, 16: 16 }

/** Throws `threat_respond.bad_order` unless the text is an address, or a block of them that is not too wide to be blocked at once. */
export function checkBlockable(text: string): void {
  const shown = text.slice(0, 60)
  const block = readBlock(text)
  if (block === undefined) {
    const why = { en: `"${shown}" is no IPv4 or IPv6 address or block`, zh: `“${shown}”不是 IPv4 或 IPv6 地址或地址段` }
    throw respondErrors.bad_order({ why })
  }
  const least = LEAST_BITS[block.address.length] as number
  if (block.bits >= least) return
  const why = { en: `"${shown}" is wider than a /${least}`, zh: `“${shown}”的范围超过 /${least}` }
  throw respondErrors.bad_order({ why })
}
