import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@dengta/sdk'
import { readConfig } from '../../config.ts'
import { openHouse } from '../../house.ts'
import { runCli } from '../run-cli.ts'

export interface CliHouse {
  /** Its data folder. */
  readonly home: string
  readonly client: Client
  /** Runs `dengta threat WORDS` against the house. */
  threat(...words: string[]): Promise<{ code: number; out: string; err: string }>
  /** The same with `--json`, parsed. */
  json<T>(...words: string[]): Promise<T>
  close(): Promise<void>
}

/** A real house of its own without data, and the command line as a person uses it. */
export async function cliHouse(): Promise<CliHouse> {
  const home = await mkdtemp(join(tmpdir(), 'dengta-cli-'))
  const house = await openHouse(readConfig({ DENGTA_HOME: home, DENGTA_DATA: join(home, 'none') }))
  const url = await house.app.listen({ host: '127.0.0.1', port: 0 })
  const env = { DENGTA_URL: url, DENGTA_TOKEN: house.sessionToken }
  const threat: CliHouse['threat'] = async (...words) => {
    const written = { out: '', err: '' }
    const streamTo = (name: 'out' | 'err') => {
      const write = (text: string): boolean => {
        written[name] += text
        return true
      }
      return { write } as unknown as NodeJS.WriteStream
    }
    const code = await runCli(['threat', ...words], { env, stdout: streamTo('out'), stderr: streamTo('err') })
    return { code, ...written }
  }
  return {
    home,
    client: createClient({ baseUrl: url, token: house.sessionToken }),
    threat,
    json: async <T>(...words: string[]) => JSON.parse((await threat(...words, '--json')).out) as T,
    close: async () => {
      await house.close()
      await rm(home, { recursive: true })
    },
  }
}
