import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { compilerOptions } from '../api.ts'
import { type Example, examplesInGuide, examplesInSource, moduleOf } from '../examples.ts'
import { root } from '../workspace.ts'

const folder = join(root, 'tools/.generated/examples')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })

const examples = [
  ...filesOf('packages/*/src/**/*.{ts,tsx}').flatMap((file) =>
    /\.test\.tsx?$/.test(file)
      ? []
      : examplesInSource(file.replace(/^packages\/([^/]+)\/src\//, '$1 '), read(file)),
  ),
  ...filesOf('{README.md,packages/*/README.md,docs/**/*.md}').flatMap((file) =>
    examplesInGuide(file, read(file)),
  ),
].map((example, index) => ({ ...example, file: join(folder, `${index}.ts`) }))

for (const example of examples) writeFileSync(example.file, generate(example))

const diagnostics = typeErrors(examples.map(({ file }) => file))

test.each(examples)('$name', async ({ file }) => {
  expect(diagnostics.get(file) ?? []).toEqual([])
  await import(file)
})

/** The module of an example, or one that fails with the reason why there is none. */
function generate(example: Example): string {
  try {
    return moduleOf(example)
  } catch (error) {
    return `throw new Error(${JSON.stringify(String(error))})\nexport {}\n`
  }
}

function typeErrors(files: string[]): Map<string, string[]> {
  const program = ts.createProgram(files, { ...compilerOptions(), types: ['node'] })
  const errors = new Map<string, string[]>()
  for (const file of files) {
    const source = program.getSourceFile(file)
    for (const one of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]) {
      const line =
        source && one.start !== undefined ? source.getLineAndCharacterOfPosition(one.start).line + 1 : 0
      const message = `line ${line}: ${ts.flattenDiagnosticMessageText(one.messageText, '\n')}`
      errors.set(file, [...(errors.get(file) ?? []), message])
    }
  }
  return errors
}

function filesOf(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: ['docs/api/**'] })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
