import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SecretSource } from '../../respond/adapter.ts'
import { threatErrors } from '../threat-errors.ts'

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

/** Secrets as files of the data folder, `secrets/<name>`. */
export function secretFiles(home: string): SecretSource {
  return {
    reveal: async (name) => {
      if (!NAME.test(name)) throw threatErrors.no_secret({ name })
      try {
        return (await readFile(join(home, 'secrets', name), 'utf8')).trim()
      } catch (cause) {
        throw threatErrors.no_secret({ name }, cause)
      }
    },
  }
}

/** The path of a secret instead of its text, for programs that read a key themselves. */
export function secretPaths(home: string): SecretSource {
  return {
    reveal: async (name) => {
      if (!NAME.test(name)) throw threatErrors.no_secret({ name })
      const path = join(home, 'secrets', name)
      try {
        await access(path)
        return path
      } catch (cause) {
        throw threatErrors.no_secret({ name }, cause)
      }
    },
  }
}
