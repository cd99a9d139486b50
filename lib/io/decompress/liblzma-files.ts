/**
 * The two files of liblzma as WebAssembly: its loader and the code itself.
 *
 * In the sources they come from a devDependency. Each build replaces this module: the program's loads both
 * from `dist/liblzma`, where anyone may replace them (they are LGPL; this program is not part of them); the action's embeds them.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

export { default as createLiblzma } from 'node-liblzma/wasm/liblzma.js'

/** The WebAssembly code. */
export function readCode(): Promise<Uint8Array> {
  return readFile(createRequire(import.meta.url).resolve('node-liblzma/wasm/liblzma.wasm'))
}
