import { createHmac, timingSafeEqual } from 'node:crypto'
import { publishErrors } from './publish-errors.ts'

/** What is signed, by the convention of Standard Webhooks: `id.timestamp.body`. */
export interface SignedMessage {
  /** The same in every attempt: the receiver drops what it has had. */
  readonly id: string
  /** Seconds since 1970, of this attempt. */
  readonly timestamp: number
  readonly body: string
}

export interface WebhookHeaders {
  readonly 'webhook-id': string
  readonly 'webhook-timestamp': string
  readonly 'webhook-signature': string
}

const TOLERANCE = 300

/** Headers of a message; with several secrets (a change of keys under way) a signature for each. Throws `threat_publish.bad_secret`. */
export function signWebhook(message: SignedMessage, secrets: readonly string[], endpoint: string): WebhookHeaders {
  const signatures = secrets.map((secret) => `v1,${signatureOf(message, secret, endpoint).toString('base64')}`)
  return {
    'webhook-id': message.id,
    'webhook-timestamp': String(message.timestamp),
    'webhook-signature': signatures.join(' '),
  }
}

/** For receivers: throws `threat_publish.bad_signature` unless one signature holds and the time is within five minutes. */
export function verifyWebhook(headers: WebhookHeaders, body: string, secret: string, nowSeconds: number): void {
  const timestamp = Number(headers['webhook-timestamp'])
  if (!Number.isSafeInteger(timestamp) || Math.abs(nowSeconds - timestamp) > TOLERANCE) {
    throw publishErrors.bad_signature({
      why: { en: 'its time is more than five minutes off', zh: '其时间偏差超过五分钟' },
    })
  }
  const wanted = signatureOf({ id: headers['webhook-id'], timestamp, body }, secret, 'receiver')
  const given = headers['webhook-signature'].split(' ').filter((each) => each.startsWith('v1,'))
  const fits = given.some((each) => {
    const bytes = Buffer.from(each.slice(3), 'base64')
    return bytes.length === wanted.length && timingSafeEqual(bytes, wanted)
  })
  if (!fits) throw publishErrors.bad_signature({ why: { en: 'no signature of it holds', zh: '没有一个签名有效' } })
}

function signatureOf({ id, timestamp, body }: SignedMessage, secret: string, endpoint: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const whole = secret.startsWith('whsec_') && key.length >= 24 && key.length <= 64
  if (!whole) throw publishErrors.bad_secret({ endpoint })
  return createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
}
