import type { ActuatorView, TargetTrial } from '@dengta/sdk'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

/** One line an action: where its commands go, the least consent that it asks for, who chose the target and when. */
export function targetRows(targets: readonly ActuatorView[], { say }: Say): string[] {
  return formatTable(
    targets.map(({ action, name, place, approval, chosenBy, chosenAt }) => [
      ...[action, say(name), place, say(called('approval', approval))],
      chosenBy === undefined ? say(UNCHOSEN) : `${chosenBy} ${chosenAt ?? ''}`,
    ]),
  )
}

/** Every command that a target would be sent, with sample values, whole. */
export function trialLines({ sends }: TargetTrial, { say }: Say): string[] {
  return [
    ...formatTable(
      sends.map(({ verb, type, place, request, secret }) => [
        ...[verb, `${type} → ${place}`, secret === undefined ? '' : `${say(SECRET)} ${secret}`],
        JSON.stringify(request),
      ]),
    ),
    say(sends.length === 0 ? SIMULATOR : SAMPLES),
  ]
}

const UNCHOSEN = { en: 'nobody has chosen', zh: '尚未指定' }
const SECRET = { en: 'secret', zh: '密钥' }
const SIMULATOR = {
  en: 'the simulator takes every command; nothing was kept or sent',
  zh: '模拟器接受任何命令；未保存、未发送',
}
const SAMPLES = {
  en: 'made with sample values; nothing was kept or sent',
  zh: '以示例值生成；未保存、未发送',
}
