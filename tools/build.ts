import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtIn } from './boundaries.ts'
import { runNode } from './checks/run-tool.ts'
import { fromRoot, packages, root } from './workspace.ts'

/** Builds every package into its dist, each after those it depends on; the folders stand in that order. */
for (const { name, folder } of packages) {
  console.log(`${name} …`)
  const { code, output } = await runNode([join(root, 'tools/node_modules/tsup/dist/cli-default.js')], folder)
  if (code !== 0) {
    console.error(output)
    process.exit(1)
  }
  const licences = licencesIn(folder)
  if (licences !== '') writeFileSync(join(folder, 'dist/THIRD-PARTY-LICENSES.txt'), licences)
}

/** What is built into a package, instead of being installed beside it, brings its licence along. */
function licencesIn(folder: string): string {
  const libraries = Object.entries(builtIn)
    .filter(([file]) => file.startsWith(`${fromRoot(folder)}/`))
    .map(([, { library }]) => library)
  return [...new Set(libraries)]
    .map((library) => {
      const source = join(folder, 'node_modules', library)
      const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
        version: string
      }
      return `${library} ${version}\n\n${readFileSync(join(source, 'LICENSE'), 'utf8')}`
    })
    .join('\n')
}
