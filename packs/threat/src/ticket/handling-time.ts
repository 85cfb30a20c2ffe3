/** How the minutes of people are reckoned: declared, not measured. */
export interface ManualBaseline {
  /** Groups of alerts that would all be looked at by hand. */
  readonly groups: number
  /** Declared minutes for each of them. */
  readonly minutesPerGroup: number
}

export interface ModelledMinutes {
  /** Says in every place where the figure is shown that no person was timed. */
  readonly kind: 'modelled'
  readonly looks: number
  readonly minutesPerLook: number
  readonly minutes: number
  readonly baselineMinutes: number
  /** minutes / baselineMinutes; undefined where the baseline is empty. */
  readonly share: number | undefined
}

/** Minutes that people spend on tickets by the declared model, against every group handled by hand. */
export function modelledMinutes(looks: number, minutesPerLook: number, baseline: ManualBaseline): ModelledMinutes {
  const minutes = looks * minutesPerLook
  const baselineMinutes = baseline.groups * baseline.minutesPerGroup
  const share = baselineMinutes === 0 ? undefined : minutes / baselineMinutes
  return { kind: 'modelled', looks, minutesPerLook, minutes, baselineMinutes, share }
}

export interface MachineTime {
  readonly kind: 'measured'
  readonly commands: number
  readonly milliseconds: number
}

/** Time that machines were at work, as the journals of runs have it; never added to modelled minutes. */
export function machineTime(commands: readonly { readonly milliseconds?: number }[]): MachineTime {
  const timed = commands.flatMap(({ milliseconds }) => (milliseconds === undefined ? [] : [milliseconds]))
  return { kind: 'measured', commands: timed.length, milliseconds: timed.reduce((sum, each) => sum + each, 0) }
}
