import { deserialize, serialize } from 'node:v8'
import { mappingFiles } from '../../normalise/mapping-files.ts'
import type { MappingFile } from '../../normalise/read-mapping.ts'
import { type RuleFile, readRuleFiles } from '../../rule/rule-files.ts'
import type { RuleSource } from './detector-protocol.ts'

/** Everything that a rule set is made from, as it stood when it was read. */
export interface RuleTexts {
  readonly rules: readonly RuleFile[]
  readonly forStages: readonly RuleFile[]
  readonly mappings: readonly MappingFile[]
}

/** Throws what the file system throws, and `threat_mapping.unreadable_folder`. */
export async function readRuleTexts({ path, under, forStages, mappings }: RuleSource): Promise<RuleTexts> {
  return {
    rules: await readRuleFiles(path, under),
    forStages: forStages === undefined ? [] : await readRuleFiles(forStages),
    mappings: await mappingFiles(mappings),
  }
}

/** In memory that threads hand on without a copy. */
export function sharedTexts(texts: RuleTexts): SharedArrayBuffer {
  const bytes = serialize(texts)
  const shared = new SharedArrayBuffer(bytes.length)
  Buffer.from(shared).set(bytes)
  return shared
}

export const textsFrom = (shared: SharedArrayBuffer): RuleTexts =>
  deserialize(Buffer.from(Buffer.from(shared))) as RuleTexts
