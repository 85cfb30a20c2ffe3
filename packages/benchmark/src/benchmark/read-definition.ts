import { canonicalJson, readDocument, sha256Hex, utf8 } from '@dengta/kernel'
import { type BenchmarkDefinition, benchmarkDefinition } from './benchmark.ts'
import { checkDefinition } from './check-definition.ts'
import { definitionErrors as errors } from './definition-errors.ts'

/** Reads a definition from YAML 1.2 or JSON. Throws one error of `definitionErrors` that names line and field. */
export function readDefinition(file: string): BenchmarkDefinition {
  const { value, placeOf } = readDocument(file, benchmarkDefinition, errors)
  const finding = checkDefinition(value)
  if (finding) throw finding.error(placeOf(finding.at))
  return value
}

/** The name of a definition: SHA-256 of its canonical JSON. Comments and layout of the file do not count. */
export function definitionDigest(definition: BenchmarkDefinition): string {
  return sha256Hex(utf8(canonicalJson(definition)))
}
