import { readFile, writeFile } from 'node:fs/promises'
import type { ExportFile, RecordKind, TrustRoot, VerificationReport } from '@dengta/evidence'
import { verifyExport } from '@dengta/evidence'
import { defineErrors, type Text } from '@dengta/kernel'
import { type LogView, recordKind } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { VERBS } from '../help/help-words.ts'
import { readWhole } from '../read-number.ts'
import { formatTable } from '../table.ts'
import { OPTION } from './option-words.ts'
import { PROVE_WORDS as WORDS } from './prove-words.ts'

export const verifyErrors = defineErrors('verify', {
  unreadable: {
    kind: 'invalid',
    en: '{file} cannot be read: {reason}; give the path of an export made by "dengta export"',
    zh: '无法读取 {file}：{reason}；请给出由 "dengta export" 生成的文件路径',
  },
  bad_trust: {
    kind: 'invalid',
    en: '{file} is not a trust root; save one with "dengta log trust > trust.json"',
    zh: '{file} 不是信任根文件；可用 "dengta log trust > trust.json" 保存',
  },
})

export function logCommands(program: Command, context: CommandContext): void {
  const { terminal, connect } = context
  const { say } = terminal
  const log = program.command('log').description(say(WORDS.log)).helpGroup(terminal.say(VERBS.prove))
  log
    .command('head', { isDefault: true })
    .description(say(WORDS.head))
    .action(async () => {
      const head = await connect((client) => client.getLog())
      const witnesses = head.witnesses.map((each) => `  ${terminal.say(witnessLine(each))}`)
      terminal.result(head, [
        head.checkpoint.trimEnd(),
        '',
        `  ${terminal.say({ en: 'log key', zh: '日志密钥' })} ${head.logKeyId}`,
        ...witnesses,
      ])
    })
  log
    .command('records')
    .description(say(WORDS.records))
    .option('--scenario <id>', say(WORDS.ofScenario))
    .addOption(new Option('--kind <kind>', say(WORDS.ofKind)).choices(recordKind.options))
    .option('--from <index>', say(WORDS.fromIndex), readWhole(terminal))
    .option('--limit <count>', say(OPTION.limit), readWhole(terminal), 100)
    .action(async (query: { scenario?: string; kind?: RecordKind; from?: number; limit: number }) => {
      const list = await connect((client) => client.listRecords(query))
      const rows = list.records.map((each) => [String(each.index), each.kind, each.actor, each.at, each.id])
      terminal.result(list, formatTable(rows))
    })
  log
    .command('trust')
    .description(say(WORDS.trust))
    .action(async () => {
      const trust = await connect((client) => client.getTrust())
      terminal.result(trust, [JSON.stringify(trust, null, 2)])
    })
  log
    .command('export <record> <file>')
    .description(say(WORDS.exportRecord))
    .action(async (id: string, path: string) => {
      const file = await connect((client) => client.exportRecord(id))
      await writeFile(path, JSON.stringify(file))
      terminal.result({ file: path, records: file.records.length }, [path])
    })
  log
    .command('bundle <record> <file>')
    .description(say(WORDS.bundle))
    .action(async (id: string, path: string) => {
      const bundle = await connect(async (client) => (await client.downloadBundle(id)).text())
      await writeFile(path, bundle)
      terminal.result({ file: path, record: id }, [path])
    })
  exportCommand(program, context)
  verifyCommand(program, context)
}

function exportCommand(program: Command, { terminal, connect }: CommandContext): void {
  program
    .command('export <scenario> <file>')
    .description(terminal.say(WORDS.exportScenario))
    .helpGroup(terminal.say(VERBS.prove))
    .action(async (scenario: string, path: string) => {
      const file = await connect((client) => client.exportScenario(scenario))
      await writeFile(path, JSON.stringify(file))
      const count = file.records.length
      terminal.result({ file: path, records: count }, [
        terminal.say({ en: `${count} records -> ${path}`, zh: `${count} 条凭证 -> ${path}` }),
      ])
    })
}

function verifyCommand(program: Command, { terminal, exit }: CommandContext): void {
  program
    .command('verify <file>')
    .description(terminal.say(WORDS.verify))
    .helpGroup(terminal.say(VERBS.prove))
    .option('--trust <file>', terminal.say(WORDS.pinned))
    .action(async (path: string, options: { trust?: string }) => {
      const text = await readText(path)
      const trust = options.trust ? await readTrust(options.trust) : undefined
      const report = verifyExport(text, trust ? { trust } : {})
      const verdict = verdictOf(report)
      terminal.result(report, [
        ...report.checks.map((check) => `${check.ok ? '✓' : '✗'} ${terminal.say(check.text)}`),
        terminal.say(verdict),
      ])
      exit(report.ok ? EXIT.ok : EXIT.refused)
    })
}

/** A witness and how far it cosigned; where it refused, its answer. */
export function witnessLine({ name, cosignedSize, refusal }: LogView['witnesses'][number]): Text {
  const line = { en: `witness ${name}: ${cosignedSize}`, zh: `见证方 ${name}: ${cosignedSize}` }
  if (!refusal) return line
  const answer = refusal.answer.replace(/[\s\p{C}]+/gu, ' ').trim()
  return {
    en: `${line.en} ✗ refused to cosign ${refusal.size} (${answer}); exports do not verify until this is explained`,
    zh: `${line.zh} ✗ 拒绝会签 ${refusal.size}（${answer}）；查明原因之前，导出文件无法通过验证`,
  }
}

/** Without a trust root of the reader's own, a forger may have made the whole file: the last line says so. */
export function verdictOf({ ok, pinned, records }: VerificationReport): Text {
  if (!ok) return { en: 'NOT VERIFIED', zh: '验证未通过' }
  if (pinned) return { en: `VERIFIED: ${records} records`, zh: `验证通过：${records} 条凭证` }
  return {
    en: `CONSISTENT, NOT PINNED: ${records} records agree with the trust root inside the file; compare it, or pass your own with --trust`,
    zh: `内容一致，但信任根未核实：${records} 条凭证与文件自带的信任根相符；请核对密钥指纹，或用 --trust 指定信任根`,
  }
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw verifyErrors.unreadable({ file, reason: cause.code ?? cause.message }, cause)
  })
}

async function readTrust(file: string): Promise<TrustRoot> {
  try {
    const value = JSON.parse(await readText(file)) as TrustRoot | ExportFile
    if ('origin' in value && 'log' in value) return value
  } catch (cause) {
    throw verifyErrors.bad_trust({ file }, cause)
  }
  throw verifyErrors.bad_trust({ file })
}
