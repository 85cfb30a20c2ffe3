import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type LoadRulesOptions, loadRules, type RuleFile, type RuleSet, readRuleFiles } from '@dengta/threat'
import { threatCliErrors } from './threat-cli-errors.ts'

export interface ReadRulesOptions extends LoadRulesOptions {
  /** Only these folders of a folder or archive. */
  readonly under?: readonly string[]
}

/**
 * Reads rule files, folders and archives together, so that correlations find their rules. Files are named as the reader
 * can open them, or with a link, as they stand below its address. Throws no_rules.
 */
export async function readRules(paths: readonly string[], options: ReadRulesOptions = {}): Promise<RuleSet> {
  const files = await Promise.all(paths.map((path) => filesOf(path, options)))
  return loadRules(files.flat(), options)
}

async function filesOf(path: string, { under = [], link }: ReadRulesOptions): Promise<RuleFile[]> {
  const isFolder = (await stat(path)).isDirectory()
  if (!isFolder && /\.ya?ml$/.test(path))
    return [{ path: link ? basename(path) : path, text: await readFile(path, 'utf8') }]
  if (!isFolder && !/\.t(?:ar\.)?gz$/.test(path)) throw threatCliErrors.no_rules({ path })
  const files = await readRuleFiles(path, under)
  if (files.length === 0) throw threatCliErrors.no_rules({ path })
  const named = (name: string): string => (isFolder ? join(path, name) : `${basename(path)}!${name}`)
  return link ? files : files.map((file) => ({ ...file, path: named(file.path) }))
}
