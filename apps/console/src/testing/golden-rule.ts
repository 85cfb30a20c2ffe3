import type { ExplainedPart, RuleDetail, RuleExplanation } from '@dengta/sdk'
import { alertOf, at, credit, ruleId, ruleRow } from './golden-threat.ts'

const YAML = `title: ${credit(0).title}
id: ${ruleId(0)}
status: stable
author: ${credit(0).author}
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\powershell.exe'
        CommandLine|contains: ' -enc '
    condition: selection
level: high
`

const RULE: RuleDetail = {
  ...ruleRow(0),
  description: 'Detects a PowerShell process that was started with an encoded command line.',
  ...{ falsePositives: ['Administrative scripts'], references: [credit(0).link], readBy: [ruleId(49)] },
  ...{ file: 'rules/windows/process_creation/proc_creation_win_powershell_enc.yml', line: 1, yaml: YAML },
  days: Array.from({ length: 30 }, (_, i) => ({ day: at((i - 30) * 86_400).slice(0, 10), alerts: (i * 37) % 190 })),
  latest: [alertOf(0)],
}

const IMAGE = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const COMMAND = 'powershell.exe -NoP -W Hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA'

const match = (field: string, wanted: string, found: string, depth = 1): ExplainedPart['items'][number] => ({
  ...{ depth, holds: found.toLowerCase().includes(wanted.replaceAll('*', '').toLowerCase()), what: 'match' },
  match: { field, wanted, found: [found] },
})

/** An event that the rule would fire for, were it not for a filter of the site. */
const EXPLANATION: RuleExplanation = {
  ...{ rule: credit(0), fires: false, format: 'windows-flat' },
  logSource: {
    ...{ wanted: { product: 'windows', category: 'process_creation' }, fits: true },
    found: { product: 'windows', category: 'process_creation', service: 'sysmon' },
  },
  detections: [
    {
      ...{ name: 'selection', holds: true, more: 0 },
      items: [
        { depth: 0, holds: true, what: 'and' },
        match('Image', '*\\powershell.exe', IMAGE),
        { depth: 1, holds: true, what: 'or' },
        match('CommandLine', '* -enc *', COMMAND, 2),
        match('CommandLine', '* -encodedcommand *', COMMAND, 2),
      ],
    },
    {
      ...{ name: 'filter_deployment', holds: false, more: 0 },
      items: [
        match('ParentImage', '*\\ccmexec.exe', 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE', 0),
      ],
    },
  ],
  conditions: [{ text: 'selection and not filter_deployment', holds: true, namesNothing: false }],
  filters: [
    {
      ...{ name: 'Macros of the finance department', holds: false, more: 0 },
      items: [{ depth: 0, holds: false, what: 'not' }, match('User', 'CORP\\\\l.wang', 'CORP\\\\l.wang')],
    },
  ],
}

const STALLING: RuleDetail = { ...RULE, ...ruleRow(3), latest: [alertOf(3)] }
const { quarantine: _, ...lifted } = STALLING

/** Pages of rules and what is asked of them, by path. */
export const GOLDEN_RULE: Readonly<Record<string, unknown>> = {
  [`/threat/rules/${ruleId(0)}`]: RULE,
  [`/threat/rules/${ruleId(0)}/explain`]: EXPLANATION,
  [`/threat/rules/${ruleId(3)}`]: STALLING,
  [`/threat/rules/${ruleId(3)}/lift`]: { ...lifted, state: 'active' },
}
