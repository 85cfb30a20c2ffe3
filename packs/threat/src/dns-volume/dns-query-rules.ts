import { join } from 'node:path'
import { houseRoot } from '@dengta/store'

/** Rules that hold for every DNS query and alert only through the volume watch. */
export const DNS_QUERY_RULES: ReadonlySet<string> = new Set([
  '0f5d5b0e-6a55-4a4c-9d5b-1c3a8f2d7e01',
  '0f5d5b0e-6a55-4a4c-9d5b-1c3a8f2d7e02',
])

/** Folder of the rules by which stages of the house see events that no other rule is about. */
export const houseRules = (): string => join(houseRoot(), 'packs/threat/house-rules')
