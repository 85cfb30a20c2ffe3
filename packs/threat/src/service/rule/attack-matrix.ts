import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Text } from '@dengta/kernel'

/** Tactics of ATT&CK for enterprise in the order of the matrix: id of the tag, id of MITRE, names. */
export const TACTICS: readonly { readonly id: string; readonly mitre: string; readonly name: Text }[] = [
  { id: 'reconnaissance', mitre: 'TA0043', name: { en: 'Reconnaissance', zh: '侦察' } },
  { id: 'resource-development', mitre: 'TA0042', name: { en: 'Resource Development', zh: '资源准备' } },
  { id: 'initial-access', mitre: 'TA0001', name: { en: 'Initial Access', zh: '初始访问' } },
  { id: 'execution', mitre: 'TA0002', name: { en: 'Execution', zh: '执行' } },
  { id: 'persistence', mitre: 'TA0003', name: { en: 'Persistence', zh: '持久化' } },
  { id: 'privilege-escalation', mitre: 'TA0004', name: { en: 'Privilege Escalation', zh: '权限提升' } },
  { id: 'defense-evasion', mitre: 'TA0005', name: { en: 'Defense Evasion', zh: '防御规避' } },
  { id: 'credential-access', mitre: 'TA0006', name: { en: 'Credential Access', zh: '凭据获取' } },
  { id: 'discovery', mitre: 'TA0007', name: { en: 'Discovery', zh: '发现' } },
  { id: 'lateral-movement', mitre: 'TA0008', name: { en: 'Lateral Movement', zh: '横向移动' } },
  { id: 'collection', mitre: 'TA0009', name: { en: 'Collection', zh: '收集' } },
  { id: 'command-and-control', mitre: 'TA0011', name: { en: 'Command and Control', zh: '命令与控制' } },
  { id: 'exfiltration', mitre: 'TA0010', name: { en: 'Exfiltration', zh: '数据渗出' } },
  { id: 'impact', mitre: 'TA0040', name: { en: 'Impact', zh: '影响' } },
]

export type TechniqueTable = ReadonlyMap<string, { readonly name: string; readonly tactics: readonly string[] }>

interface SlimFile {
  readonly techniques: Readonly<Record<string, { readonly name: string; readonly tactics: readonly string[] }>>
}

/** Names and tactics of techniques, from the data folder; undefined where it is not there. */
export async function readTechniques(dataFolder: string): Promise<TechniqueTable | undefined> {
  const text = await readFile(join(dataFolder, 'threat/attack/attack-slim.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const tagOf = new Map(TACTICS.map(({ mitre, id }) => [mitre, id]))
  const { techniques } = JSON.parse(text) as SlimFile
  return new Map(
    Object.entries(techniques).map(([id, { name, tactics }]) => [
      id,
      { name, tactics: tactics.flatMap((each) => tagOf.get(each) ?? []) },
    ]),
  )
}
