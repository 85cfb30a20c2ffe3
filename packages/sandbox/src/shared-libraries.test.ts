import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import { sharedLibraries } from './shared-libraries.ts'

test('finds what node loads, the loader among it', async () => {
  const found = await sharedLibraries().ofFiles([process.execPath])
  expect(found.every((path) => existsSync(path))).toBe(true)
  expect(found.some((path) => /\/libc\.so|\/libc\.musl/.test(path))).toBe(true)
  expect(found.some((path) => /\/ld-/.test(path))).toBe(true)
})

test('finds what the native part of a package loads, without what it brings itself', async () => {
  const found = await sharedLibraries().ofFolders([join(houseRoot(), 'node_modules/onnxruntime-node')])
  expect(found.some((path) => path.includes('libstdc++'))).toBe(true)
  expect(found.filter((path) => path.includes('node_modules'))).toEqual([])
})

test('a script needs none', async () => {
  expect(await sharedLibraries().ofFiles([import.meta.filename])).toEqual([])
})
