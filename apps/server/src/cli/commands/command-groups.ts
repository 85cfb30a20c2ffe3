import type { Text } from '@dengta/kernel'
import type { Command } from 'commander'
import { VERBS } from '../help/help-words.ts'
import type { Terminal } from '../terminal.ts'

type Speaker = Pick<Terminal, 'say'>

/** The command `compute`, made once: several files add to it. */
export const computeGroup = (program: Command, speaker: Speaker): Command => groupOf(program, speaker, COMPUTE)

/** The command `threat`, likewise. */
export const threatGroup = (program: Command, speaker: Speaker): Command => groupOf(program, speaker, THREAT)

interface Group {
  readonly name: string
  readonly about: Text
  readonly verb: Text
}

function groupOf(program: Command, { say }: Speaker, { name, about, verb }: Group): Command {
  const known = program.commands.find((command) => command.name() === name)
  return known ?? program.command(name).description(say(about)).helpGroup(say(verb))
}

const COMPUTE: Group = {
  name: 'compute',
  about: {
    en: 'chips and electricity: days, plans, grid events, public compute',
    zh: '算电协同：排程日、计划、电网响应事件、公共算力',
  },
  verb: VERBS.run,
}

const THREAT: Group = {
  name: 'threat',
  about: {
    en: 'threat response: rules on logs, alerts, triage, incidents, playbooks, tickets',
    zh: '威胁响应：日志检测、告警、研判、安全事件、剧本、工单',
  },
  verb: VERBS.serve,
}
