import { isInBlock, readBlock } from '../rule/cidr.ts'
import { respondErrors } from './respond-errors.ts'

/** Leading bits that a block to be blocked has at least, by bytes of its addresses: a slip must not cut a house off. */
const LEAST_BITS: Readonly<Record<number, number>> = { 4: 8, 16: 16 }
/** Blocks of IPv6 that stand for all of IPv4: mapped addresses, and what is translated (RFC 4291, RFC 6052). */
const ALL_IPV4 = ['::ffff:0:0/96', '64:ff9b::/96'].flatMap((text) => readBlock(text) ?? [])

/** Throws `threat_respond.bad_order` unless the text is an address, or a block of them that is not too wide to be blocked at once. */
export function checkBlockable(text: string): void {
  const shown = text.slice(0, 60)
  const block = readBlock(text)
  if (block === undefined) {
    const why = { en: `"${shown}" is no IPv4 or IPv6 address or block`, zh: `“${shown}”不是 IPv4 或 IPv6 地址或地址段` }
    throw respondErrors.bad_order({ why })
  }
  const within = ALL_IPV4.find((all) => block.bits >= all.bits && isInBlock(all, text.split('/', 1)[0] as string))
  const least = within ? within.bits + 8 : (LEAST_BITS[block.address.length] as number)
  if (block.bits >= least) return
  const why = { en: `"${shown}" is wider than a /${least}`, zh: `“${shown}”的范围超过 /${least}` }
  throw respondErrors.bad_order({ why })
}
