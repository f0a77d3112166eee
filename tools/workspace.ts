import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** A subpath that users may import, and the source it is built from. */
export interface Entry {
  /** As in `@lumbung/core/storage/conformance`. */
  readonly specifier: string
  /** The part after the package: `storage/conformance`. */
  readonly name: string
  readonly source: string
}

/** A package that we publish. */
export interface Package {
  readonly name: string
  readonly folder: string
  readonly entries: readonly Entry[]
  /** Entries that package.json promises, but that have no source yet. */
  readonly missing: readonly Entry[]
}

export const root = join(import.meta.dirname, '..')

/** The packages that we publish, read from their export maps. */
export const packages: readonly Package[] = readdirSync(join(root, 'packages')).sort().map(readPackage)

export const entries: readonly Entry[] = packages.flatMap((one) => one.entries)

/** A path as it is named in messages: from the root of the workspace, with `/`. */
export function fromRoot(path: string): string {
  return relative(root, path).replaceAll('\\', '/')
}

function readPackage(directory: string): Package {
  const folder = join(root, 'packages', directory)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string
    exports: Record<string, { '@lumbung/source': string }>
  }
  const all = Object.entries(manifest.exports).map(([subpath, target]) => ({
    specifier: manifest.name + subpath.slice(1),
    name: subpath.slice(2) || 'index',
    source: join(folder, target['@lumbung/source']),
  }))
  return {
    name: manifest.name,
    folder,
    entries: all.filter(({ source }) => existsSync(source)),
    missing: all.filter(({ source }) => !existsSync(source)),
  }
}
