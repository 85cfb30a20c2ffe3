import { mkdirSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { findMachine } from './find-machine.ts'
import { openSandbox, sandboxOn } from './open-sandbox.ts'
import { LIMITS, testHouse } from './test-house.ts'

const house = testHouse()
mkdirSync(house.workFolder)
afterAll(() => house.remove())

test('every attack of the canary is held, by the flags of a job', async (context) => {
  const sandbox = await openSandbox({ workFolder: house.workFolder })
  if (sandbox.level.name !== 'bubblewrap') return context.skip('SKIPPED: bubblewrap does not work on this machine')
  const report = await sandbox.canary(LIMITS)
  expect(report.probes.filter((probe) => !probe.held)).toEqual([])
  expect(report.probes.map((probe) => probe.attack)).toMatchInlineSnapshot(`
    [
      "read the secret file of the house",
      "read /etc/passwd",
      "list the home folder",
      "find secrets in the environment",
      "write /x",
      "write /dev/x",
      "write /usr/x",
      "write /house/x",
      "write /job/x",
      "set a variable of the kernel",
      "change a device of the host",
      "change a device through an inherited file",
      "hold a privilege",
      "see a network interface",
      "connect to a service of the house",
      "open a datagram socket",
      "open a network socket (socket)",
      "enter a new user namespace (unshare)",
      "start a process in a new user namespace (clone)",
      "set up io_uring",
      "trace a process (ptrace)",
      "load a program into the kernel (bpf)",
      "fork without end",
      "be heard by a service of the house",
      "take more memory than the limit",
    ]
  `)
  expect(report).toMatchObject({ held: true, level: sandbox.level })
})

test('where nothing isolates, the canary says so and attacks nobody', async () => {
  const machine = { ...(await findMachine(house.workFolder)), bubblewrap: undefined, seccomp: undefined }
  const report = await sandboxOn(machine, house.workFolder).canary(LIMITS)
  expect(report).toMatchObject({ held: false, probes: [{ held: false }] })
})
