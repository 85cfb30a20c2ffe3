// A process for tests to kill: opens an executor in the folder it is told, submits one long job and says when it runs.
/** What it prints, again and again, once the job counts. */
export type Said = 'runs'

import { localHouse } from './local-house.fixture.ts'

const house = localHouse(process.argv[2])
const executor = await house.open()
await executor.submit(house.order('long', 400), false)
setInterval(() => {
  if (Number(house.kept('long', 'step')) > 3) console.log('runs' satisfies Said)
}, 20)
