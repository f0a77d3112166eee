import { join, resolve } from 'node:path'
import { runProgram } from './checks/run-tool.ts'
import { pnpm } from './pnpm.mjs'
import { packages, root } from './workspace.ts'

/** Builds every package and packs it as npm would get it: `lumbung-core.tgz`, without the version in its name. */
await import('./build.ts')

const [folder = join(root, 'dist-packages')] = process.argv.slice(2)
for (const { name, folder: source } of packages) {
  const { command, args } = pnpm(['pack', '--out', join(resolve(folder), '%s.tgz')])
  const { code, output } = await runProgram(command, args, source)
  if (code !== 0) {
    console.error(output)
    process.exit(1)
  }
  console.log(`${name} is packed in ${folder}`)
}
