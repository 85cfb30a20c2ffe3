import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crawl, findHidden, readFolder, tellingValues } from '../../e2e/support/hidden-search.ts'
import { sealedRows } from '../../e2e/support/sealed-rows.ts'
import { type Benchmark, figure } from '../figure.ts'
import { withHouse } from './served-bench.ts'

/** After a full run: is any hidden value in an answer, a log line, an error, an export or a file that is not sealed? */
export const hidden: Benchmark = async (emit) => {
  await withHouse([], async (house, home) => {
    const open = await (await house.clientOf('vendor-a').downloadOpenRows('nox-forward')).text()
    const openLines = new Set(open.split('\n'))
    const values = tellingValues(
      (await sealedRows(home)).filter((row) => !openLines.has(row)),
      open,
    )
    const { token } = JSON.parse(await readFile(join(home, 'run/server.json'), 'utf8')) as { token: string }
    const shown = [
      ...(await crawl(house.address, token, house.clientOf())),
      ...(await readFolder(home, ['sealed', 'scoring', 'samples'])),
      ['output', house.output()] as const,
    ]
    const found = shown.flatMap(([where, text]) => findHidden(text, values).map((value) => `${where}: ${value}`))
    for (const each of found.slice(0, 10)) process.stderr.write(`${each}\n`)
    const yardstick = `${values.size} hidden values searched for in ${shown.length} answers and files`
    emit(
      figure('hidden values shown after a full run', found.length, 'values', { goal: { is: '=', than: 0 }, yardstick }),
    )
  })
}
