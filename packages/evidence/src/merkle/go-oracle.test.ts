import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { base64, utf8 } from '@dengta/kernel'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ORIGIN, sampleSigner, sampleTrust } from '../export/sample-log.fixture.ts'
import { signCheckpoint } from '../note/checkpoint.ts'
import { cosign } from '../note/cosignature.ts'
import { NOTE_SIGNATURE, verifierKey } from '../note/note-key.ts'
import { leafHash } from './tree-hash.ts'
import { appendNodes, rootFrom, type StoredNode } from './tree-nodes.ts'
import { consistencyProof, inclusionProof } from './tree-proof.ts'

const GO = 'go'
/** Debian's golang-golang-x-mod-dev: the checksum database's note and tlog, which we did not write. */
const GOPATH = '/usr/share/gocode'

const MAIN = `package main

import (
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type claim struct {
	Note, Key        string
	Old, New, Index  int64
	OldRoot, NewRoot tlog.Hash
	Leaf             []byte
	Inclusion        tlog.RecordProof
	Consistency      tlog.TreeProof
}

func main() {
	var claims []claim
	if err := json.NewDecoder(os.Stdin).Decode(&claims); err != nil {
		panic(err)
	}
	for _, c := range claims {
		verifier, keyErr := note.NewVerifier(c.Key)
		_, noteErr := note.Open([]byte(c.Note), note.VerifierList(verifier))
		inclusionErr := tlog.CheckRecord(c.Inclusion, c.New, c.NewRoot, c.Index, tlog.RecordHash(c.Leaf))
		consistencyErr := tlog.CheckTree(c.Consistency, c.New, c.NewRoot, c.Old, c.OldRoot)
		fmt.Println(keyErr == nil, noteErr == nil, inclusionErr == nil, consistencyErr == nil)
	}
}
`

function missing(): string | undefined {
  if (!existsSync(join(GOPATH, 'src/golang.org/x/mod/sumdb/tlog'))) return `no golang.org/x/mod under ${GOPATH}`
  try {
    execFileSync(GO, ['version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'no go on the PATH'
  }
}

const reason = missing()
if (reason !== undefined) console.log(`SKIPPED: proofs are not checked by golang.org/x/mod: ${reason}`)

const SIZE = 300
const entries = Array.from({ length: SIZE }, (_, i) => utf8(`record ${i}`))
const nodes = new Map<string, StoredNode>()
const hashAt = (level: number, index: number) => nodes.get(`${level}/${index}`)!.hash
entries.forEach((entry, size) => {
  for (const node of appendNodes(size, leafHash(entry), hashAt)) nodes.set(`${node.level}/${node.index}`, node)
})

function claim(old: number, size: number, index: number) {
  const log = sampleSigner('log')
  const bare = signCheckpoint({ origin: ORIGIN, size, root: rootFrom(size, hashAt) }, log)
  const { name } = sampleTrust.witnesses[0]!
  const body = bare.slice(0, bare.lastIndexOf('\n\n') + 1)
  return {
    Note: bare + cosign(body, { name, signer: sampleSigner(name), time: 1_760_000_000 }),
    Key: verifierKey({ name: ORIGIN, key: log.publicKey }, NOTE_SIGNATURE),
    Old: old,
    New: size,
    Index: index,
    OldRoot: base64(rootFrom(old, hashAt)),
    NewRoot: base64(rootFrom(size, hashAt)),
    Leaf: base64(entries[index]!),
    Inclusion: inclusionProof(size, index, hashAt).map(base64),
    Consistency: consistencyProof(old, size, hashAt).map(base64),
  }
}

describe.skipIf(reason !== undefined)('golang.org/x/mod/sumdb', () => {
  let folder: string
  let program: string

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dengta-go-'))
    program = join(folder, 'check')
    writeFileSync(join(folder, 'main.go'), MAIN)
    const env = { ...process.env, GOPATH, GO111MODULE: 'off', GOFLAGS: '', GOCACHE: join(folder, 'cache') }
    execFileSync(GO, ['build', '-o', program, join(folder, 'main.go')], { env, stdio: 'pipe' })
  }, 110_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const judged = (claims: readonly object[]) =>
    execFileSync(program, { input: JSON.stringify(claims), encoding: 'utf8' })
      .trim()
      .split('\n')

  test('accepts our notes, inclusion and consistency proofs', () => {
    const claims = [1, 2, 3, 7, 64, 100, 255, 256, 257, 300].flatMap((size) =>
      [1, Math.ceil(size / 2), size].map((old) => claim(old, size, old - 1)),
    )
    expect(judged(claims)).toEqual(claims.map(() => 'true true true true'))
  })

  test('refuses what was altered', () => {
    const good = claim(150, 300, 77)
    const other = base64(utf8('another record'))
    expect(
      judged([
        { ...good, Note: good.Note.replace('\n300\n', '\n301\n') },
        { ...good, Leaf: other },
        { ...good, Inclusion: good.Inclusion.with(0, good.OldRoot) },
        { ...good, Consistency: good.Consistency.with(0, good.OldRoot) },
        { ...good, Old: 149 },
      ]),
    ).toEqual([
      'true false true true',
      'true true false true',
      'true true false true',
      'true true true false',
      'true true true false',
    ])
  })
})
