import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Finds the shared libraries that native files load, so that a job gets those and no other file of the system. */
export interface SharedLibraries {
  ofFiles(files: readonly string[]): Promise<readonly string[]>
  /** Of every native file for this platform in the folders; a folder is looked through once. */
  ofFolders(folders: readonly string[]): Promise<readonly string[]>
}

export function sharedLibraries(): SharedLibraries {
  const known = new Map<string, Promise<readonly string[]>>()
  const ofFolder = (folder: string): Promise<readonly string[]> => {
    const found =
      known.get(folder) ??
      nativeFiles(folder)
        .then((files) => Promise.all(files.map(librariesOf)))
        .then(merge)
    known.set(folder, found)
    return found
  }
  return {
    ofFiles: async (files) => merge(await Promise.all(files.map(librariesOf))),
    ofFolders: async (folders) => merge(await Promise.all(folders.map(ofFolder))),
  }
}

/** Lines of ldd: `name => /path (address)` or `/path (address)`; libraries inside the package itself stay out. */
async function librariesOf(file: string): Promise<readonly string[]> {
  const { stdout } = await promisify(execFile)('ldd', [file]).catch(() => ({ stdout: '' }))
  const paths = [...stdout.matchAll(/(?:=> |^\s*)(\/\S+) \(0x/gm)].map(([, path]) => path as string)
  return paths.filter((path) => !path.includes('/node_modules/'))
}

async function nativeFiles(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true })
  const other = process.arch === 'x64' ? /(^|\/)arm64\// : /(^|\/)x64\//
  return files
    .filter((file) => /\.(node|so)(\.\d+)*$/.test(file) && !other.test(file) && !/(^|\/)(darwin|win32)\//.test(file))
    .map((file) => join(folder, file))
}

function merge(lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].sort()
}
