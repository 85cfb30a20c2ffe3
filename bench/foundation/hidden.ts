import { searchHouse } from '../../e2e/support/search-house.ts'
import { type Benchmark, figure } from '../figure.ts'
import { withHouse } from './served-bench.ts'

/** After a full run: is any hidden value in an answer, a log line, an error, an export or a file that is not sealed? */
export const hidden: Benchmark = async (emit) => {
  await withHouse([], async (house, home) => {
    const { places, values, found } = await searchHouse(house, home)
    for (const each of found.slice(0, 10)) process.stderr.write(`${each}\n`)
    const yardstick = `${values} hidden values and fragments searched for in ${places} answers, files, errors and outputs`
    emit(
      figure('hidden values shown after a full run', found.length, 'values', { goal: { is: '=', than: 0 }, yardstick }),
    )
  })
}
