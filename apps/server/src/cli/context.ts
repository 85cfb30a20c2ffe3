import type { Client } from '@dengta/sdk'
import type { Config } from '../config.ts'
import type { Terminal } from './terminal.ts'

/** What every command gets: the settings, a way to write, and a way to reach the house. */
export interface CommandContext {
  readonly config: () => Config
  readonly terminal: Terminal
  /** Runs `work` with a client of the running server, or of the house opened just for this command. */
  connect<T>(work: (client: Client) => Promise<T>): Promise<T>
  /** Sets the exit code that the command ends with when nothing is thrown. */
  exit(code: number): void
}
