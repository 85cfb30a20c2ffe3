import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type LoadRulesOptions, loadRules, type RuleFile, type RuleSet, readRuleFiles } from '@dengta/threat'
import { threatCliErrors } from './threat-cli-errors.ts'

/** Reads rule files, folders and archives together, so that correlations find their rules. Throws no_rules. */
export async function readRules(paths: readonly string[], options: LoadRulesOptions = {}): Promise<RuleSet> {
  const files = await Promise.all(paths.map(filesOf))
  return loadRules(files.flat(), options)
}

/** Paths as the reader can open them; inside an archive they stay relative to it. */
async function filesOf(path: string): Promise<RuleFile[]> {
  const isFolder = (await stat(path)).isDirectory()
  if (!isFolder && /\.ya?ml$/.test(path)) return [{ path, text: await readFile(path, 'utf8') }]
  if (!isFolder && !/\.t(?:ar\.)?gz$/.test(path)) throw threatCliErrors.no_rules({ path })
  const files = await readRuleFiles(path)
  if (files.length === 0) throw threatCliErrors.no_rules({ path })
  return files.map((file) => ({ ...file, path: isFolder ? join(path, file.path) : `${basename(path)}!${file.path}` }))
}
