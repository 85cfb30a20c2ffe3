// The threat pack's hot scanner: AssemblyScript to WebAssembly with SIMD, on memory that the host brings.
// build-scanner.mjs ROOT FILE
import { join, relative } from 'node:path'
import { main } from 'assemblyscript/asc'

const [root, file] = process.argv.slice(2)
const memory = ['--importMemory', '--initialMemory', '4096', '--maximumMemory', '4096']
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', ...memory]
const source = join('packs', 'threat', 'wasm', 'index.ts')
const { error, stderr } = await main([source, '--baseDir', root, '--outFile', relative(root, file), ...options])
if (error) {
  console.error(`${error.message}\n${stderr}`)
  process.exit(1)
}
