/**
 * SARIF by the schema of 2.1.0, and by what the schema leaves to prose: GitHub's demands and limits, and indexes that lead somewhere. The schema
 * comes with @microsoft/jest-sarif.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import AjvDraft04 from 'ajv-draft-04'
import type { Artifact, Location, Log, Result, Run } from 'sarif'
import { isUriReference } from './rfc3986.js'

const schema = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')

const ajv = new AjvDraft04.default({ strict: false, allErrors: true, unicodeRegExp: false })
ajv.addFormat('uri-reference', isUriReference)
ajv.addFormat('uri', text => URL.canParse(text))
ajv.addFormat('date-time', text => !Number.isNaN(Date.parse(text)))
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')) as object)

export function sarifFaults(text: string): string[] {
  const log = JSON.parse(text) as Log
  if (!validate(log)) return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
  return (log.runs ?? []).flatMap(runFaults)
}

function runFaults(run: Run): string[] {
  const { results = [], artifacts = [] } = run
  const rules = run.tool.driver.rules ?? []
  const prints = results.map(({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash'] ?? '')
  return [
    ...(results.length > 5000 ? ['GitHub keeps 5,000 results'] : []),
    ...(prints.length > new Set(prints).size ? ['two results have one fingerprint'] : []),
    ...prints.filter(print => !/^[0-9a-f]+:\d+$/.test(print)).map(print => `fingerprint "${print}"`),
    ...results.flatMap(result =>
      resultFaults(
        result,
        artifacts,
        rules.map(({ id }) => id),
      ),
    ),
    ...rules.filter(({ properties }) => (properties?.tags ?? []).length > 10).map(({ id }) => `${id}: GitHub keeps 10 tags`),
    ...artifacts.filter(({ parentIndex = -1 }) => parentIndex >= artifacts.length).map(() => 'a parent that is not there'),
    ...(results.some(({ suppressions }) => suppressions === undefined) ? ['suppressions of some results, not of all'] : []),
  ]
}

function resultFaults(result: Result, artifacts: readonly Artifact[], rules: readonly string[]): string[] {
  const places = [...(result.locations ?? []), ...(result.relatedLocations ?? [])]
  return [
    ...((result.locations ?? []).length === 0 ? ['GitHub shows no result without a location'] : []),
    ...(places.length > 100 ? ['GitHub keeps 100 locations'] : []),
    ...places.flatMap(place => locationFaults(place, artifacts)),
    ...(rules[result.ruleIndex ?? -1] === result.ruleId ? [] : [`ruleIndex of ${result.ruleId}`]),
    ...(/\]\(/.test(result.message.text ?? '') ? ['a link in a message'] : []),
  ]
}

function locationFaults({ physicalLocation, logicalLocations = [] }: Location, artifacts: readonly Artifact[]): string[] {
  const { uri, index = -1 } = physicalLocation?.artifactLocation ?? {}
  return [
    ...(uri === undefined ? ['GitHub wants a URI'] : []),
    ...(physicalLocation?.region?.startLine === undefined ? ['GitHub wants a line'] : []),
    ...(artifacts[index]?.location?.uri === uri ? [] : [`artifact ${index} is not ${uri}`]),
    ...(logicalLocations.length > 100 ? ['too many names'] : []),
  ]
}
