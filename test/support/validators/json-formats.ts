/** The formats in JSON that have a small or no schema of their own: their required parts, by ajv. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'

const ajv = new Ajv2020({ allErrors: true })

const text = { type: 'string', minLength: 1 }
const line = { type: 'integer', minimum: 1 }

/** GitLab's documentation of code quality reports. A path begins neither with `./` nor with `file:`. */
const isGitlab = ajv.compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: text,
      check_name: text,
      fingerprint: text,
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^(?!\\./|file:).' },
          lines: { type: 'object', required: ['begin'], properties: { begin: line }, additionalProperties: false },
        },
        additionalProperties: false,
      },
    },
    additionalProperties: false,
  },
})

/** proto/rdf/jsonschema/DiagnosticResult.json allows almost everything; here is what reviewdog needs to comment. */
const isRdjson = ajv.compile({
  type: 'object',
  required: ['source', 'diagnostics'],
  properties: {
    source: { type: 'object', required: ['name'], properties: { name: text, url: text }, additionalProperties: false },
    diagnostics: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message', 'location', 'severity', 'code'],
        properties: {
          message: text,
          location: {
            type: 'object',
            required: ['path', 'range'],
            properties: {
              path: text,
              range: {
                type: 'object',
                required: ['start'],
                properties: { start: { type: 'object', required: ['line'], properties: { line }, additionalProperties: false } },
                additionalProperties: false,
              },
            },
            additionalProperties: false,
          },
          severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
          code: { type: 'object', required: ['value'], properties: { value: text, url: text }, additionalProperties: false },
        },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
})

/** tmt/schemas/results.yaml and result_outcome of common.yaml. */
const isTmt = ajv.compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'result'],
    properties: {
      name: { type: 'string', pattern: '^/[^/]+/[^/]+$' },
      result: { enum: ['pass', 'fail', 'info', 'warn', 'error', 'skip', 'pending'] },
      note: { type: 'array', items: { type: 'string' } },
    },
    additionalProperties: false,
  },
})

export function gitlabFaults(output: string): string[] {
  const problems: unknown = JSON.parse(output)
  if (!isGitlab(problems)) return [ajv.errorsText(isGitlab.errors)]
  return repeated((problems as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint))
}

export function rdjsonFaults(output: string): string[] {
  return isRdjson(JSON.parse(output)) ? [] : [ajv.errorsText(isRdjson.errors)]
}

/** Read as JSON and as YAML, which must be the same to tmt. */
export function tmtFaults(output: string): string[] {
  const results: unknown = JSON.parse(output)
  if (!isTmt(results)) return [ajv.errorsText(isTmt.errors)]
  const isSameAsYaml = JSON.stringify(parse(output)) === JSON.stringify(results)
  return [...(isSameAsYaml ? [] : ['other words as YAML']), ...repeated((results as { name: string }[]).map(({ name }) => name))]
}

function repeated(keys: readonly string[]): string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index).map(key => `twice: ${key}`)
}
