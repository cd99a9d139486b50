/** Name and version, as reports and --version tell them. */
import manifest from '../../package.json' with { type: 'json' }

export const TOOL = { name: manifest.name, version: manifest.version } as const
