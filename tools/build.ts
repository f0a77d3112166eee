import { join } from 'node:path'
import { runNode } from './checks/run-tool.ts'
import { packages, root } from './workspace.ts'

/** Builds every package into its dist, each after those it depends on; the folders stand in that order. */
for (const { name, folder } of packages) {
  console.log(`${name} …`)
  const { code, output } = await runNode([join(root, 'tools/node_modules/tsup/dist/cli-default.js')], folder)
  if (code === 0) continue
  console.error(output)
  process.exit(1)
}
