import { statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { makeDurableFolder } from './durable-files.ts'
import { testFolder } from './test-folder.ts'

test('a folder is made with all above it, for its owner alone, by an absolute or a relative name, once or again', async () => {
  const top = testFolder()
  for (const folder of [join(top, 'a/b'), relative(process.cwd(), join(top, 'c/d')), join(top, 'a/b')]) {
    await makeDurableFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  }
})
