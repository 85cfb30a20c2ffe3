import type { Adapter } from './adapter.ts'
import { decodedText } from './decoded-text.ts'
import { resolved } from './plan-work.ts'
import { respondErrors } from './respond-errors.ts'

/** CACAO `manual` commands: prepared for a person to read. The engine waits for the person's report and never sends one. */
export const manualAdapter: Adapter = {
  types: ['manual'],
  prepare: ({ command, agent, values, timeoutMs }) => {
    const text = command.command ?? decodedText(command.command_b64 ?? '')
    return { type: 'manual', place: agent.name, request: { instruction: resolved(text, values) }, timeoutMs }
  },
  send: async () => {
    throw respondErrors.bad_order({ why: { en: 'a manual command is done by a person', zh: '人工命令由人执行' } })
  },
}
