import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Text } from '@dengta/kernel'
import { houseRoot } from '@dengta/store'
import { houseRules } from '../../dns-volume/dns-query-rules.ts'
import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import type { ThreatSettings } from '../threat-context.ts'

export interface ChosenRules {
  readonly source: RuleSource
  readonly text: Text
}

/** Folders of SigmaHQ with rules that are ready to use. */
const SIGMA_FOLDERS = ['rules', 'rules-emerging-threats', 'rules-threat-hunting', 'rules-compliance']

/** The rules that are configured; else SigmaHQ's from the data folder; else the own sample. */
export function chosenRules(settings: ThreatSettings): ChosenRules {
  const { source, text } = rulesOf(settings)
  const { mappings } = settings
  const own = mappings === undefined ? {} : { mappings }
  return { source: { ...source, ...own, forStages: houseRules() }, text }
}

function rulesOf({ rules, dataFolder }: ThreatSettings): ChosenRules {
  if (rules !== undefined)
    return { source: { path: rules }, text: { en: `rules in ${rules}`, zh: `${rules} 中的规则` } }
  const path = join(dataFolder, 'threat/rules/sigmahq-rules.tar.gz')
  if (existsSync(path)) {
    const link = 'https://github.com/SigmaHQ/sigma/tree/master'
    return {
      source: { path, under: SIGMA_FOLDERS, licence: 'DRL-1.1', link, placeholders: {} },
      text: { en: 'SigmaHQ, from the data folder', zh: 'SigmaHQ 规则集（来自数据目录）' },
    }
  }
  return sampleRules()
}

export function sampleRules(): ChosenRules {
  return {
    source: { path: join(houseRoot(), 'packs/threat/sample/rules'), licence: 'Apache-2.0' },
    text: {
      en: 'own sample of four rules: set DENGTA_THREAT_RULES for real ones',
      zh: '内置的四条样例规则；真实规则请设置 DENGTA_THREAT_RULES',
    },
  }
}
