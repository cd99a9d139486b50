#!/usr/bin/env node
/**
 * A service that checks packages: POST one, and it answers with the JSON report: 200, or 422 where the package could not be checked.
 * Uploads are read as they arrive, never written to disk. Each has limits and a deadline, and is dropped when its client goes away.
 *
 *     PORT=8080 node examples/upload-service.js            curl -T some.rpm -X POST http://127.0.0.1:8080
 *     node examples/upload-service.js --self-test some.rpm
 */
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import { LimitError, createEngine } from 'rpmlint-ts'

const MIB = 1024 * 1024
const UPLOAD_BYTES = 64 * MIB
const DEADLINE_MS = 30_000
const engine = createEngine({ limits: { unpackedBytes: 512 * MIB, elfBytes: 128 * MIB, heldArchiveBytes: 32 * MIB } })

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  if (request.method !== 'POST') return void response.writeHead(405, { allow: 'POST' }).end()
  const client = new AbortController()
  response.on('close', () => client.abort())
  try {
    const signal = AbortSignal.any([client.signal, AbortSignal.timeout(DEADLINE_MS)])
    const { report } = await engine.check([{ name: 'upload.rpm', bytes: upload(request) }], { signal })
    const status = report.packages.every(({ outcome }) => outcome === 'checked') ? 200 : 422
    response.writeHead(status, { 'content-type': 'application/json' }).end(engine.render(report, 'json'))
    request.resume() // what was not read, because the package was refused before: the client reads the answer when it has sent all
  } catch {
    response.writeHead(503, { connection: 'close' }).end() // the deadline; a client that is gone reads nothing
  }
}

/** @param {import('node:http').IncomingMessage} request */
async function* upload(request) {
  let received = 0
  // Without this option, the connection would be gone as soon as the engine has read enough.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    received += chunk.length
    if (received > UPLOAD_BYTES) throw new LimitError(`the upload has more than ${UPLOAD_BYTES} bytes`)
    yield chunk
  }
}

const server = createServer({ requestTimeout: 2 * DEADLINE_MS }, (request, response) => void answer(request, response))
const [option, sample] = process.argv.slice(2)
await once(server.listen(option === '--self-test' ? 0 : Number(process.env.PORT ?? 8080), '127.0.0.1'), 'listening')
const address = server.address()
const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

if (option === '--self-test') {
  const response = await fetch(url, { method: 'POST', body: createReadStream(sample), duplex: 'half' })
  console.log(response.status, JSON.stringify(await response.json(), null, 2))
  server.close()
} else console.log(url)
