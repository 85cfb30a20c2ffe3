import type { Command } from 'commander'

/** The command `compute`, made once: several files add to it. */
export function computeGroup(program: Command): Command {
  const known = program.commands.find((command) => command.name() === 'compute')
  return (
    known ??
    program
      .command('compute')
      .description('chips and electricity: days, plans, grid events, public compute · 算电协同')
      .helpGroup('Run 运行:')
  )
}
