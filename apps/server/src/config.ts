import { join, resolve } from 'node:path'
import { ENGINE_KINDS, type EngineKind } from '@dengta/compute'
import { defineErrors, type SignatureAlgorithm } from '@dengta/kernel'
import { houseRoot } from '@dengta/store'
import { readThreatSettings, type ThreatSettings } from '@dengta/threat'

export const configErrors = defineErrors('config', {
  bad_port: {
    kind: 'invalid',
    en: 'DENGTA_PORT is "{value}"; it must be a whole number from 0 to 65535',
    zh: 'DENGTA_PORT 的值为 "{value}"；应为 0 到 65535 的整数',
  },
  bad_engine: {
    kind: 'invalid',
    en: 'DENGTA_ENGINE is "{value}"; choose {kinds}',
    zh: 'DENGTA_ENGINE 的值为 "{value}"；可选 {kinds}',
  },
  bad_number: {
    kind: 'invalid',
    en: '{name} is "{value}"; it must be a number above 0, in plain digits such as 2000000',
    zh: '{name} 的值为 "{value}"；应为大于 0 的数字，例如 2000000',
  },
  bad_suite: {
    kind: 'invalid',
    en: 'DENGTA_SUITE is "{value}"; choose ed25519 or sm2',
    zh: 'DENGTA_SUITE 的值为 "{value}"；请选择 ed25519 或 sm2',
  },
})

/** Everything that the environment decides, read once. */
export interface Config {
  /** The data folder, absolute. */
  readonly home: string
  readonly host: string
  /** 0 lets the system choose. */
  readonly port: number
  /** Host names answered for, besides the loopback ones. */
  readonly hosts: readonly string[]
  readonly databaseUrl: string | undefined
  readonly suite: SignatureAlgorithm
  /** What runs the jobs of public compute. */
  readonly engine: EngineKind
  /** Says which cluster that is, absolute. */
  readonly engineFile: string | undefined
  /** Watts that one busy core is taken to draw where no meter is read. */
  readonly wattsPerCore: number
  /** Largest data file that may be sealed, in bytes. */
  readonly maxDataBytes: number
  readonly maxDataRows: number
  /** The folder of the sample data, where it is on this machine. */
  readonly sampleData: string
  /** Rules and listeners of the threat pack; every listener is off unless its port is set. */
  readonly threat: ThreatSettings
}

type Environment = Readonly<Record<string, string | undefined>>

export const DEFAULT_PORT = 4510

export function readConfig(env: Environment): Config {
  const sampleData = resolve(env.DENGTA_DATA ?? join(houseRoot(), '..', 'shared', 'data'))
  return {
    home: resolve(env.DENGTA_HOME ?? join(houseRoot(), '.dengta')),
    host: env.DENGTA_HOST ?? '127.0.0.1',
    port: readPort(env.DENGTA_PORT),
    hosts: ['localhost', '127.0.0.1', '[::1]', ...readHosts(env.DENGTA_HOSTS)],
    databaseUrl: env.DATABASE_URL,
    suite: readSuite(env.DENGTA_SUITE),
    engine: readEngine(env.DENGTA_ENGINE),
    engineFile: env.DENGTA_ENGINE_FILE ? resolve(env.DENGTA_ENGINE_FILE) : undefined,
    wattsPerCore: readNumber(env, 'DENGTA_WATTS_PER_CORE', 10),
    maxDataBytes: readNumber(env, 'DENGTA_MAX_DATA_BYTES', 2 * 1024 ** 3),
    maxDataRows: readNumber(env, 'DENGTA_MAX_DATA_ROWS', 2_000_000),
    sampleData,
    threat: readThreatSettings(env, sampleData),
  }
}

function readPort(value: string | undefined): number {
  const port = value === undefined ? DEFAULT_PORT : Number(value)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw configErrors.bad_port({ value: value ?? '' })
  return port
}

/** A limit that is no number would limit nothing. */
function readNumber(env: Environment, name: string, usual: number): number {
  const value = env[name] || String(usual)
  const number = Number(value)
  if (!(Number.isFinite(number) && number > 0)) throw configErrors.bad_number({ name, value })
  return number
}

/** As clients send them. */
function readHosts(names = ''): readonly string[] {
  return names.split(',').flatMap((name) => name.trim().toLowerCase() || [])
}

function readEngine(value = 'local'): EngineKind {
  const kind = ENGINE_KINDS.find((each) => each === value)
  if (!kind) throw configErrors.bad_engine({ value, kinds: ENGINE_KINDS.join(', ') })
  return kind
}

function readSuite(value = 'ed25519'): SignatureAlgorithm {
  if (value !== 'ed25519' && value !== 'sm2') throw configErrors.bad_suite({ value })
  return value
}
