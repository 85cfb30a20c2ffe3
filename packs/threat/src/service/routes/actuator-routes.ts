import { type Role, type Route, route } from '@dengta/kernel'
import { actuatorList, actuatorTarget, actuatorView, responseAction, targetTrial } from '@dengta/sdk'
import { z } from 'zod'
import type { ActuatorDesk } from '../actuator/actuator-desk.ts'
import { LOOK, signedIn } from './route-words.ts'

/** An operator other than that of this machine is refused by the desk. */
const CHOOSE: readonly Role[] = ['owner', 'operator']

/** Where the commands of each action go. */
export function actuatorRoutes(actuators: ActuatorDesk): readonly Route[] {
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/threat/actuators', allow: LOOK },
      summary: { en: 'Where the commands of each action go', zh: '各类处置命令的目标' },
      answer: actuatorList,
      handle: async () => ({ actuators: [...(await actuators.list())] }),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/actuators/:action', allow: CHOOSE },
      summary: {
        en: 'Choose where the commands of an action go; the simulator unless chosen otherwise',
        zh: '选择某类处置命令的目标；未选择时为模拟器',
      },
      ...{ params: z.object({ action: responseAction }), body: actuatorTarget, answer: actuatorView, status: 201 },
      handle: ({ caller, params, body }) => actuators.choose(signedIn(caller), params.action, body),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/threat/actuators/:action/try', allow: CHOOSE },
      summary: {
        en: 'What a target would be sent, with sample values; nothing is kept or sent',
        zh: '以示例值试算将发往某目标的命令，不保存、不发送',
      },
      ...{ params: z.object({ action: responseAction }), body: actuatorTarget, answer: targetTrial },
      handle: async ({ params, body }) => actuators.trial(params.action, body),
    }),
  ]
}
