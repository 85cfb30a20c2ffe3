import {
  benchmarkErrors,
  boardErrors,
  dataSetErrors,
  definitionErrors,
  modelErrors,
  scoringErrors,
  submissionErrors,
  trainingErrors,
} from '@dengta/benchmark'
import {
  controllerErrors,
  dayErrors,
  engineFileErrors,
  gridEventErrors,
  kubernetesErrors,
  localErrors,
  onlineErrors,
  planFileErrors,
  planRunErrors,
  publicJobErrors,
  quotaErrors,
  slurmErrors,
  snapshotErrors,
} from '@dengta/compute'
import { dataspaceErrors } from '@dengta/dataspace'
import { evidenceErrors } from '@dengta/evidence'
import { type ErrorEntry, houseErrors } from '@dengta/kernel'
import { ledgerErrors } from '@dengta/ledger'
import { portfolioErrors } from '@dengta/portfolio'
import { sandboxErrors } from '@dengta/sandbox'
import { clientErrors } from '@dengta/sdk'
import { statisticsErrors } from '@dengta/statistics'
import { storeErrors } from '@dengta/store'
import {
  correlationErrors,
  ingestErrors,
  mappingErrors,
  pipelineErrors,
  playbookErrors,
  publishErrors,
  respondErrors,
  ruleErrors,
  threatErrors,
  ticketErrors,
} from '@dengta/threat'
import { cliErrors } from './cli/cli-errors.ts'
import { eventCliErrors } from './cli/commands/grid-event-commands.ts'
import { verifyErrors } from './cli/commands/log-commands.ts'
import { jobFileErrors } from './cli/commands/public-compute-commands.ts'
import { trainErrors } from './cli/commands/train-commands.ts'
import { targetFileErrors, threatCliErrors } from './cli/threat/threat-cli-errors.ts'
import { configErrors } from './config.ts'
import { httpErrors } from './http/http-errors.ts'
import { recipeErrors } from './programme/recipe.ts'
import { programmeErrors } from './programme/run-apart.ts'

const AREAS: readonly { readonly catalogue: ReadonlyMap<string, ErrorEntry> }[] = [
  ...[httpErrors, configErrors, cliErrors, verifyErrors, recipeErrors, programmeErrors, houseErrors, clientErrors],
  ...[dataspaceErrors, portfolioErrors, definitionErrors, benchmarkErrors, dataSetErrors],
  ...[modelErrors, submissionErrors, scoringErrors, boardErrors, trainingErrors, trainErrors],
  ...[threatErrors, threatCliErrors, targetFileErrors, correlationErrors, ruleErrors, mappingErrors],
  ...[ingestErrors, pipelineErrors],
  ...[playbookErrors, respondErrors, ticketErrors, publishErrors],
  ...[slurmErrors, snapshotErrors, dayErrors, planRunErrors, planFileErrors, gridEventErrors, eventCliErrors],
  ...[quotaErrors, publicJobErrors, jobFileErrors, onlineErrors],
  ...[ledgerErrors, evidenceErrors, sandboxErrors, storeErrors, statisticsErrors],
  ...[controllerErrors, engineFileErrors, kubernetesErrors, localErrors],
]

/** docs/reference/errors.md: every stable code with its kind and its text in both languages. */
export function errorReference(): string {
  const rows = AREAS.flatMap(({ catalogue }) => [...catalogue]).map(
    ([code, { kind, en, zh }]) => `| \`${code}\` | ${kind} | ${cell(en)} | ${cell(zh)} |`,
  )
  return [
    '# Errors · 错误',
    '',
    'Every failure has a stable code. HTTP answers carry it as `code` of a problem (RFC 9457), the command line in brackets. Words in braces are filled in. This page is written from the code; a test holds it.',
    '',
    '每个错误都有稳定的代码：HTTP 以问题详情（RFC 9457）的 `code` 返回，命令行显示在方括号中。花括号内为填充内容。本页由代码生成，并由测试保证一致。',
    '',
    '| code | kind | English | 中文 |',
    '| --- | --- | --- | --- |',
    ...rows.toSorted(),
    '',
  ].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
