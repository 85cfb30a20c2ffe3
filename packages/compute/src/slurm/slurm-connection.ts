/** How to reach a Slurm: this one or one that others run. */
export interface SlurmConnection {
  /** Words before each command of Slurm, such as those that join a namespace. */
  readonly prefix: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The REST service: a socket, or an address such as `http://host:6820`; with the key of auth/jwt. */
  readonly rest?:
    | { readonly address: { readonly socket: string } | { readonly url: string }; readonly key: Uint8Array }
    | undefined
  /** Whose name jobs run under, and the folder their output goes to, as the nodes see it. */
  readonly jobUser: string
  readonly outputFolder: string
  /** Who may hold, requeue and change limits: an operator of that Slurm. */
  readonly operator: string
  /** The plugin by which it meters energy, such as `acct_gather_energy/ipmi`; absent where none is known. */
  readonly meter?: string | undefined
}
