import { responseAction } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { exampleTarget, readTarget, targetKinds } from './target-text.ts'

test('every example is a target that the server takes', () => {
  for (const action of responseAction.options) {
    for (const kind of targetKinds) expect(readTarget(exampleTarget(action, kind))).toMatchObject({ ok: true })
  }
})

test('a mistake is named', () => {
  expect(readTarget('{')).toMatchObject({ ok: false })
  const wrong = exampleTarget('isolate-host', 'ssh').replace('"responder"', '"-oProxyCommand"')
  expect(readTarget(wrong)).toMatchObject({ ok: false, problem: expect.stringContaining('user') })
})
