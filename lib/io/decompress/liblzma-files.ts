/**
 * The two files of liblzma as WebAssembly: its loader and the code itself.
 *
 * In the sources they are those of a devDependency. The build puts its own module in the place of this one, so that the bundle
 * loads them from `dist/liblzma`, where anyone may replace them (they are LGPL; this program is not part of them).
 */
import { createRequire } from 'node:module'

export { default as createLiblzma } from 'node-liblzma/wasm/liblzma.js'

/** Path of the WebAssembly code. */
export const wasmFile: string | URL = createRequire(import.meta.url).resolve('node-liblzma/wasm/liblzma.wasm')
