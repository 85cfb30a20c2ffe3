import type { Text } from '@dengta/kernel'
import { type Extensions, entryOf, type Playbook, type WorkflowStep } from './playbook.ts'

/** Dengta's extension of CACAO 2.0: Chinese names, and what a step needs before and after it acts (see step-policy.ts). */
export const HOUSE_EXTENSION = 'extension-definition--6f1d2c54-8a0b-4c39-9d1e-3f6a57b0e2c8'

type Named = { readonly name?: string; readonly description?: string }

/** Name of a playbook in both languages; the English one stands in where there is no Chinese one. */
export const playbookName = (playbook: Playbook): Text => textOf(playbook.name, 'name_zh', playbook.playbook_extensions)

export const playbookDescription = (playbook: Playbook): Text =>
  textOf(playbook.description ?? '', 'description_zh', playbook.playbook_extensions)

export const stepName = (step: WorkflowStep): Text =>
  textOf((step as Named).name ?? step.type, 'name_zh', step.step_extensions)

function textOf(en: string, field: string, extensions: Extensions | undefined): Text {
  const zh = entryOf(extensions, HOUSE_EXTENSION)?.[field]
  return { en, zh: typeof zh === 'string' && zh !== '' ? zh : en }
}
