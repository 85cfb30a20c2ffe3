import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { ActuatorView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sshd, sshdMissing, startSshd } from '../../respond/sshd.fixture.ts'
import { OPERATOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { approve, startRun, undo, writeSecret } from './actuator.fixture.ts'

/** Keeps the state of a host as a file, as a script on a firewall would. */
const SCRIPT = `#!/bin/sh
flag="$(dirname "$0")/contained-$2"
case "$1" in
do) touch "$flag" ;;
undo) rm -f "$flag" ;;
esac
if [ -e "$flag" ]; then state=isolated; else state=none; fi
printf '{"containment":"%s"}' "$state"
`

describe.skipIf(sshdMissing !== undefined)('commands over a real sshd', () => {
  const [stores] = testStores()
  let house: ThreatHouse
  let sshd: Sshd

  beforeAll(async () => {
    sshd = await startSshd()
    writeFileSync(sshd.file('actuator'), SCRIPT, { mode: 0o700 })
    house = await threatHouse(stores as NonNullable<typeof stores>)
    writeSecret(house, 'ssh-key', readFileSync(sshd.file('user_key'), 'utf8'))
  })
  afterAll(async () => {
    sshd.stop()
    await house.close()
  })

  const hostKey = (name = 'host_key') =>
    readFileSync(sshd.file(`${name}.pub`), 'utf8')
      .split(' ', 2)
      .join(' ')
  const choose = (change: object = {}) => {
    const line = (verb: string) => `${sshd.file('actuator')} ${verb} __host__:value`
    const commands = { do: line('do'), check: line('check'), undo: line('undo') }
    const { port, user } = sshd
    const body = { kind: 'ssh', host: '127.0.0.1', port, user, secret: 'ssh-key', hostKey: hostKey(), commands }
    const params = { action: 'isolate-host' }
    return house.call<ActuatorView>(OPERATOR, 'POST /actuators/:action', { params, body: { ...body, ...change } })
  }
  const isolate = (host = 'web-1') => startRun(house, 'isolate-host', { __host__: host })

  test('a host is isolated, checked and released by the script behind it; the key is in no answer', async () => {
    expect((await choose()).place).toBe(`${sshd.user}@127.0.0.1:${sshd.port}`)
    const run = await approve(house, await isolate())
    expect([run.status, run.simulated, existsSync(sshd.file('contained-web-1'))]).toEqual(['succeeded', false, true])
    const undone = await undo(house, run)
    expect([undone.status, existsSync(sshd.file('contained-web-1'))]).toEqual(['undone', false])
    expect(JSON.stringify([run, undone])).not.toMatch(/PRIVATE KEY|secrets\//)
  })

  test('a host with another key is not spoken to, and hostile names reach no shell', async () => {
    await choose({ hostKey: hostKey('other_key') })
    const run = await approve(house, await isolate())
    expect([run.status, existsSync(sshd.file('contained-web-1'))]).toEqual(['failed', false])
    await choose()
    expect((await isolate('web-1;touch x')).failure?.en).toContain('may not stand in a shell command')
  })
})
