import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lockHome } from './home-lock.ts'
import { testFolder } from './test-folder.ts'

const parent = testFolder()
const newHome = () => mkdtempSync(join(parent, 'home-'))

const LEAVE_A_SOCKET = `require('node:net').createServer().listen(process.argv[1], () => console.log('up'))`

for (const platform of ['linux', 'darwin'] as const) {
  describe(platform, () => {
    test('the second is refused and told who holds it; after the release it may', async () => {
      const home = newHome()
      const lock = await lockHome(home, platform)
      const refused = { code: 'store.locked', details: { home, pid: String(process.pid) } }
      await expect(lockHome(home, platform)).rejects.toMatchObject(refused)
      await lock.release()
      await (await lockHome(home, platform)).release()
    })

    test('two folders do not stand in each other’s way', async () => {
      const locks = await Promise.all([lockHome(newHome(), platform), lockHome(newHome(), platform)])
      await Promise.all(locks.map((lock) => lock.release()))
    })
  })
}

test('a socket file left behind by a killed process does not lock', async () => {
  const home = newHome()
  const holder = spawn(process.execPath, ['-e', LEAVE_A_SOCKET, join(home, 'server.sock')], { stdio: 'pipe' })
  await once(holder.stdout, 'data')
  await expect(lockHome(home, 'darwin')).rejects.toMatchObject({ code: 'store.locked' })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  await (await lockHome(home, 'darwin')).release()
})
