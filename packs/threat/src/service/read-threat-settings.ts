import type { ListenOptions } from '../ingest/access.ts'
import type { ThreatSettings } from './threat-context.ts'
import { threatErrors } from './threat-errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * DENGTA_THREAT_RULES, DENGTA_THREAT_TCP_PORT, DENGTA_THREAT_HTTP_PORT, DENGTA_THREAT_HOST (127.0.0.1) and
 * DENGTA_THREAT_TOKEN; a listener without a port is off. Throws `threat.bad_port`.
 */
export function readThreatSettings(env: Environment, dataFolder: string): ThreatSettings {
  const tcp = listener(env, 'DENGTA_THREAT_TCP_PORT')
  const http = listener(env, 'DENGTA_THREAT_HTTP_PORT')
  const rules = env.DENGTA_THREAT_RULES
  return { dataFolder, ...(rules ? { rules } : {}), ...(tcp ? { tcp } : {}), ...(http ? { http } : {}) }
}

function listener(env: Environment, name: string): ListenOptions | undefined {
  const value = env[name]
  if (value === undefined || value === '') return undefined
  const port = Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw threatErrors.bad_port({ name, value })
  const { DENGTA_THREAT_HOST: host, DENGTA_THREAT_TOKEN: token } = env
  return { port, ...(host ? { host } : {}), ...(token ? { token } : {}) }
}
