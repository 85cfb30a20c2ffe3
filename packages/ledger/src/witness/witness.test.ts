import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cosignaturesOf, leafHash, parseNote, rootOfHashes, signCheckpoint } from '@dengta/evidence'
import { type PublicKey, utf8 } from '@dengta/kernel'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makePrivateKey, signerOf } from '../key/key-pair.ts'
import { type RunningWitness, startWitness } from './start-witness.ts'

const log = signerOf(makePrivateKey('ed25519'))
const origin = 'example.com/log'

let home: string
let running: RunningWitness[]
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'witness-'))
  running = []
})
afterEach(async () => {
  await Promise.all(running.map((witness) => witness.stop()))
  rmSync(home, { recursive: true })
})

async function start(): Promise<RunningWitness> {
  const witness = await startWitness({ home, name: 'w1', origin, logKey: log.publicKey })
  running.push(witness)
  return witness
}

/** A checkpoint over leaves 0 to `size` - 1. */
function checkpoint(size: number, salt = ''): string {
  const leaves = Array.from({ length: size }, (_, i) => leafHash(utf8(`${salt}${i}`)))
  return signCheckpoint({ origin, size, root: rootOfHashes(leaves) }, log)
}

async function post(
  witness: RunningWitness,
  body: string,
): Promise<{ status: number; type: string | null; body: string }> {
  const response = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}

const isCosignedBy = (note: string, key: PublicKey): boolean =>
  cosignaturesOf(parseNote(note), [{ name: 'w1', key }]).length === 1

test('a running witness cosigns, and answers each refusal by the status of the standard', async () => {
  const witness = await start()
  const { status, body } = await post(witness, `old 0\n\n${checkpoint(3)}`)
  expect(status).toBe(200)
  expect(isCosignedBy(checkpoint(3) + body, witness.key)).toBe(true)
  expect(await post(witness, `old 0\n\n${checkpoint(4)}`)).toMatchObject({
    status: 409,
    type: 'text/x.tlog.size',
    body: '3\n',
  })
  expect((await post(witness, `old 3\n\n${checkpoint(4)}`)).status).toBe(422)
  expect((await post(witness, 'hello')).status).toBe(400)
  expect((await post(witness, 'x'.repeat(70_000))).status).toBe(400)
  expect((await fetch(`${witness.url}/`)).status).toBe(404)
  expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405)
})

test('kill -9 takes neither its key nor its memory', async () => {
  const first = await start()
  expect((await post(first, `old 0\n\n${checkpoint(3)}`)).status).toBe(200)
  first.process.kill('SIGKILL')
  await once(first.process, 'exit')
  const second = await start()
  expect(second.key).toEqual(first.key)
  expect(await post(second, `old 0\n\n${checkpoint(2)}`)).toMatchObject({ status: 409, body: '3\n' })
  expect(await post(second, `old 3\n\n${checkpoint(3, 'fork')}`)).toMatchObject({ status: 409, body: '3\n' })
  expect((await post(second, `old 3\n\n${checkpoint(3)}`)).status).toBe(200)
})

test('a witness that was killed comes back at the same address, with its key and memory', async () => {
  const warned: string[] = []
  const options = { home, name: 'w1', origin, logKey: log.publicKey, warn: (text: string) => warned.push(text) }
  const witness = await startWitness(options)
  running.push(witness)
  expect((await post(witness, `old 0\n\n${checkpoint(3)}`)).status).toBe(200)
  witness.process.kill('SIGKILL')
  await once(witness.process, 'exit')
  const retold = async () => (await post(witness, `old 0\n\n${checkpoint(2)}`)).body
  await expect.poll(retold, { timeout: 5000 }).toBe('3\n')
  expect(warned).toEqual(['witness w1: ended with SIGKILL; starting it again'])
})

test('a witness that cannot write its memory does not sign', async () => {
  const witness = await start()
  mkdirSync(join(home, 'state.json.tmp'))
  expect((await post(witness, `old 0\n\n${checkpoint(3)}`)).status).toBe(500)
  rmdirSync(join(home, 'state.json.tmp'))
  expect((await post(witness, `old 0\n\n${checkpoint(3)}`)).status).toBe(200)
})

test('a witness whose memory is damaged does not start', async () => {
  writeFileSync(join(home, 'state.json'), '{"example.com/log": {"size": 3}}')
  await expect(start()).rejects.toThrow('a witness without memory would sign anything')
})

test('a second witness does not start on the same memory', async () => {
  await start()
  await expect(start()).rejects.toThrow('another witness runs')
})

/** The end of a parent, however it dies, closes the pipe that it held. */
test('it ends when the pipe from its parent closes', async () => {
  const { process } = await start()
  process.stdin?.end()
  expect(await once(process, 'exit')).toEqual([0, null])
})
