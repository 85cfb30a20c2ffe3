import { join } from 'node:path'
import { obtainSampleData, readConfig, readProgramme } from '@dengta/server'
import { houseRoot } from '@dengta/store'

/** The rows that were sealed for the forward benchmark, read as the programme reads them. */
export async function sealedRows(home: string): Promise<string[]> {
  const { walks } = await readProgramme(join(houseRoot(), 'programme'))
  const recipe = walks.find((walk) => walk.scenario === 'gas-turbine-nox')?.recipe
  if (!recipe) throw new Error('the sample programme has no gas turbine')
  const { sampleData } = readConfig(process.env)
  const data = await obtainSampleData(recipe, {
    folder: sampleData,
    cache: join(home, 'samples'),
    fetch,
    timeoutMs: 1000,
  })
  return data.csv.trimEnd().split('\n')
}
