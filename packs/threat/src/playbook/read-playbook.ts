import { canonicalJson, fillText, type Text } from '@dengta/kernel'
import type { Playbook } from './playbook.ts'
import { playbookErrors } from './playbook-errors.ts'
import type { PlaybookFault } from './playbook-fault.ts'
import { playbookSchema } from './playbook-schema.ts'
import { referenceFaults } from './reference-faults.ts'
import { scanJson } from './scan-json.ts'
import { bothLanguages, faultOf } from './schema-words.ts'
import { faultsBeside } from './sound-parts.ts'
import { structureFaults } from './structure-faults.ts'

const MAX_BYTES = 8 * 1024 * 1024
const MAX_STEPS = 10_000
/** Faults that are told of one file. */
const MOST_FAULTS = 1_000
const MORE: Text = { en: '{more} further {more:fault|faults}', zh: '另有 {more} 处问题' }

/** Reads a CACAO 2.0 playbook; throws not_json, too_large, or `invalid` with the first fault and its JSON path. */
export function readPlaybook(text: string): Playbook {
  const { playbook, faults } = allFaults(text)
  const first = faults[0]
  if (playbook && !first) return playbook
  const { path, problem } = first as PlaybookFault
  throw playbookErrors.invalid({ path, problem: problem.en, problemZh: problem.zh, more: faults.length - 1 })
}

interface Lint {
  readonly playbook?: Playbook
  readonly faults: readonly PlaybookFault[]
}

/** The first thousand faults of a file, for an author. What cannot be read as JSON at all is thrown: not_json, too_large. */
export function lintPlaybook(text: string): Lint {
  const { faults, ...rest } = allFaults(text)
  const more = faults.length - MOST_FAULTS
  if (more <= 0) return { ...rest, faults }
  return { ...rest, faults: [...faults.slice(0, MOST_FAULTS), { path: '$', problem: fillText(MORE, { more }) }] }
}

function allFaults(text: string): Lint {
  const document = parse(text)
  checkSize(document)
  const issues = bothLanguages(playbookSchema, document)
  if (issues.length > 0) {
    const places = issues.map(({ path }) => path)
    return { faults: [...issues.map(faultOf), ...faultsBeside(document, places)] }
  }
  const playbook = document as Playbook
  return { playbook, faults: [...structureFaults(playbook), ...referenceFaults(playbook)] }
}

/** The canonical text of a playbook (RFC 8785), with every member that it came with. */
export function writePlaybook(playbook: Playbook): string {
  return canonicalJson(playbook)
}

function parse(text: string): unknown {
  if (text.length > MAX_BYTES) {
    throw playbookErrors.too_large({ size: text.length, unit: { en: 'characters', zh: '个字符' }, limit: MAX_BYTES })
  }
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (cause) {
    const said = (cause as Error).message.slice(0, 200)
    throw playbookErrors.not_json({ path: '$', problem: { en: said, zh: `语法有误（${said}）` } }, cause)
  }
  scanJson(text)
  return document
}

/** Before anything walks through the steps. */
function checkSize(document: unknown): void {
  const size = Object.keys(Object(Object(document).workflow)).length
  if (size > MAX_STEPS) throw playbookErrors.too_large({ size, unit: { en: 'steps', zh: '个步骤' }, limit: MAX_STEPS })
}
