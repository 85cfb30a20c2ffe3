// A process for tests to kill: opens an executor in the folder it is told, submits one long job and says when it runs.
import { localHouse } from './local-house.fixture.ts'

const house = localHouse(process.argv[2])
const executor = await house.open()
await executor.submit(house.order('long', 400), false)
setInterval(() => {
  if (Number(house.kept('long', 'step')) > 3) console.log('runs')
}, 20)
