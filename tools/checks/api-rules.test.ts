import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FunctionRow, functionTable } from '@lumbung/core/rules'
import { operationSql } from '@lumbung/core/rules/sql'
import { expect, test } from 'vitest'
import { knownFailures } from '../../packages/core/src/rules/cel-conformance.failures.ts'
import { runConformance, sections } from '../../packages/core/src/rules/cel-conformance.fixtures.ts'
import { root } from '../workspace.ts'

const path = join(root, 'docs/rules.md')
const text = readFileSync(path, 'utf8')

test('the guide to rules has its tables as they are now; npm run api writes them', async () => {
  const withFunctions = withRegion(text, 'functions', markdownTable(functionRows()))
  const withSql = withRegion(withFunctions, 'sql', sqlList())
  const page = withRegion(withSql, 'conformance', markdownTable(conformanceRows()))
  await expect(page).toMatchFileSnapshot(path)
})

test('the guide to rules has every code of a fault', () => {
  const source = readFileSync(join(root, 'packages/core/src/rules/rule.ts'), 'utf8')
  const union = /type RuleFaultCode =([\s\S]*?)\n\n/.exec(source)?.[1] ?? ''
  const codes = union.match(/rules\/[a-z-]+/g) ?? []
  const section = /^## Faults\n([\s\S]*?)^## /m.exec(text)?.[1] ?? ''
  const described = section.match(/(?<=^\| `)rules\/[a-z-]+/gm) ?? []
  expect(described.toSorted()).toEqual(codes.toSorted())
})

function withRegion(page: string, name: string, content: string): string {
  const region = new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`)
  expect(page).toMatch(region)
  return page.replace(region, (_, head, tail) => `${head}\n\n${content}\n\n${tail}`)
}

function functionRows(): readonly (readonly string[])[] {
  return [
    ['written', 'takes and gives', 'meaning', 'unknown by itself'],
    ...functionTable.map((row) => [code(row.written), typesOf(row), row.meaning, reasonsOf(row)]),
  ]
}

/** A list, for the texts are too long for a table. */
function sqlList(): string {
  const rows = functionTable.flatMap(({ written, builds }) =>
    builds.node === 'operation' ? [[written, operationSql(builds.operation)] as const] : [],
  )
  const aligning = ['a number that is aligned', operationSql('rescale')] as const
  return [...rows, aligning]
    .map(
      ([written, { sqlite, postgres }]) =>
        `- ${code(written)}\n  - SQLite: ${code(sqlite)}\n  - PostgreSQL: ${code(postgres)}`,
    )
    .join('\n')
}

function conformanceRows(): readonly (readonly string[])[] {
  const cases = runConformance()
  const passing = cases.filter(({ failure }) => failure === undefined).length
  const percent = Math.round((100 * passing) / cases.length)
  return [
    ['cases', 'number'],
    [`of ${sections.length} sections: ${sections.join(', ')}`, String(cases.length)],
    ['pass', `${passing} (${percent} %)`],
    ...knownFailures.map(({ reason, paths }) => [`fail: ${reason}`, String(paths.length)]),
  ]
}

function typesOf({ signatures }: FunctionRow): string {
  return signatures.map(({ takes, gives }) => `${takes.join(', ')} → ${gives}`).join('; ')
}

function reasonsOf({ uncomputable }: FunctionRow): string {
  return uncomputable.map(code).join(', ')
}

function code(name: string): string {
  return `\`${name.replaceAll('|', '\\|')}\``
}

function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
