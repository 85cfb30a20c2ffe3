import { randomUUID } from 'node:crypto'
import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import { type Adapter, type Answer, type Order, outputsOf, type Prepared } from './adapter.ts'
import { decodedText } from './decoded-text.ts'
import type { GuardedAnswer, GuardOptions } from './guarded-request-client.ts'
import { answerOf, filledJson, jsonOf, prepareHttp, sendHttp } from './http-adapter.ts'
import { COMMAND_TYPE, type OpenC2Response, openc2Command, openc2Response, RESPONSE_TYPE } from './openc2.ts'
import { respondErrors } from './respond-errors.ts'

/**
 * CACAO `openc2-http` commands over HTTPS (OpenC2 1.0). Status 102 is not yet done: the check of the step must tell. Every message
 * gets an id of its own: a consumer may answer a second one of the same id by what it answered to the first.
 */
export function openc2Adapter(options: GuardOptions, nextId: () => string = randomUUID): Adapter {
  return {
    types: ['openc2-http'],
    prepare: (order) => {
      const headers = { 'content-type': COMMAND_TYPE, accept: RESPONSE_TYPE }
      return prepareHttp(order, options, { text: openc2Text(order), headers })
    },
    send: (prepared, secrets) =>
      sendHttp(prepared, secrets, { ...options, headers: { 'x-request-id': nextId() }, read: openc2Answer }),
  }
}

function openc2Answer(reply: GuardedAnswer): Answer {
  const answer = answerOf(reply)
  const response = reply.ok ? openc2Response.safeParse(jsonOf(reply.body)).data : undefined
  if (response) return responseAnswer(response, answer)
  const unreadable: Answer = { ...answer, outcome: 'unknown', detail: `${answer.detail}, no OpenC2 response` }
  return answer.outcome === 'succeeded' ? unreadable : answer
}

/** The OpenC2 command of an order as text, checked; throws `threat_respond.bad_order`. */
function openc2Text({ command, values }: Order): string {
  if (!command.command?.startsWith('POST '))
    throw respondErrors.bad_order({
      why: { en: 'OpenC2 over HTTP is sent by POST', zh: 'OpenC2 经 HTTP 须以 POST 发送' },
    })
  const text = filledJson(decodedText(command.content_b64 ?? ''), values)
  const read = openc2Command.safeParse(JSON.parse(text))
  if (!read.success) {
    throw respondErrors.bad_order({
      why: {
        en: `it is no OpenC2 1.0 command: ${read.error.issues[0]?.message}`,
        zh: `它不是 OpenC2 1.0 命令（${read.error.issues[0]?.message}）`,
      },
    })
  }
  return canonicalJson(read.data)
}

/** Results of an actuator profile stand one level down; their scalars are outputs as well. */
function responseAnswer(
  { status, status_text, results = {} }: OpenC2Response,
  from: Pick<Answer, 'digest' | 'outputs'>,
): Answer {
  const outcome = status === 200 ? 'succeeded' : status === 102 || status >= 500 ? 'unknown' : 'failed'
  const nested = Object.values(results).map(outputsOf)
  const outputs = Object.assign({ openc2_status: String(status) }, outputsOf(results), ...nested)
  const digest = from.digest === undefined ? {} : { digest: from.digest }
  return {
    outcome,
    detail: `OpenC2 ${status}${status_text ? ` ${status_text.slice(0, 200)}` : ''}`,
    outputs,
    ...digest,
  }
}

/** The same orders carried out by a function: a simulator, or an actuator in this process. */
export function localOpenC2Adapter(actuator: (command: unknown) => OpenC2Response): Adapter {
  return {
    types: ['openc2-http'],
    prepare: (order): Prepared => ({
      ...{ type: 'openc2-http', place: `simulator:${order.agent.name}`, timeoutMs: order.timeoutMs },
      request: JSON.parse(openc2Text(order)),
    }),
    send: async ({ request }) => {
      const response = actuator(request)
      return responseAnswer(response, { outputs: {}, digest: sha256Hex(utf8(canonicalJson(response))) })
    },
  }
}
