import ts from 'typescript'

/** A code block that stands in a TSDoc `@example` or in a guide, and that must hold. */
export interface Example {
  /** What it explains: `kernel/ratio.ts roundRatio`, or the guide and its line. */
  readonly name: string
  /** The line of its first statement in the file, from 1. */
  readonly line: number
  readonly code: string
}

/** The examples in the TSDoc of a source file. */
export function examplesInSource(file: string, text: string): Example[] {
  const found: Example[] = []
  for (const comment of text.matchAll(/\/\*\*[\s\S]*?\*\//g)) {
    const name = `${file} ${declaredName(text.slice(comment.index + comment[0].length))}`
    for (const example of comment[0].split(/(?=@example\b)/).slice(1)) {
      const start = comment.index + comment[0].indexOf(example)
      found.push(...blocks(example.replaceAll(/^[ \t]*\* ?/gm, ''), name, lineAt(text, start)))
    }
  }
  return found
}

/** The blocks of a guide that assert something, and those marked as ` ```ts test `. */
export function examplesInGuide(file: string, text: string): Example[] {
  return blocks(text, file, 1)
    .filter(({ code, name }) => name.endsWith(' test') || assertion.test(code))
    .map(({ line, code }) => ({ name: `${file}:${line}`, line, code }))
}

const assertion = /\/\/ (?:=>|throws) /

function blocks(text: string, name: string, firstLine: number): Example[] {
  return [...text.matchAll(/^```ts( test)?\n([\s\S]*?)^```/gm)].map((match) => ({
    name: name + (match[1] ?? ''),
    line: firstLine + lineAt(text, match.index),
    code: match[2] ?? '',
  }))
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

function declaredName(text: string): string {
  const words =
    /^\s*(?:(?:export|async|function\*?|const|class|abstract|interface|type|readonly|static|get) )*([\w$]+)/
  return words.exec(text)?.[1] ?? ''
}

/**
 * A module that runs the example and throws where it does not hold. It has the example's line numbers, so that
 * a fault is reported where the example stands.
 *
 * `expression // => literal` becomes an assertion of deep equality, `statement // throws 'code'` one that a
 * `LumbungError` with that code is thrown. What a guide prints for its reader, `console.log(value) // => literal`, is
 * about the value.
 */
export function moduleOf({ code, line }: Example): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true)
  let result = ''
  let from = 0
  let found = 0
  for (const statement of source.statements) {
    const comment = ts.getTrailingCommentRanges(code, statement.end)?.[0]
    const text = comment ? code.slice(comment.pos, comment.end) : ''
    const [, kind, literal] = /^\/\/ (=>|throws) (.*)$/.exec(text) ?? []
    if (!comment || !literal) continue
    if (!ts.isExpressionStatement(statement)) throw new Error(`Only an expression can be followed by ${text}`)
    const start = statement.getStart()
    const { end } = statement.expression
    const asserted = kind === '=>' ? (printedBy(statement.expression) ?? statement.expression) : undefined
    const expression = asserted === undefined ? code.slice(start, end) : asserted.getText(source)
    result += code.slice(from, start)
    result +=
      kind === '=>'
        ? `$example.equal(${expression}, (${literal}))`
        : `await $example.throws(async () => ${expression}, ${literal})`
    from = comment.end
    found += 1
  }
  if (found !== code.match(new RegExp(assertion, 'g'))?.length && assertion.test(code)) {
    throw new Error('Some // => or // throws does not stand behind a statement of its own.')
  }
  const helpers = found > 0 ? `import * as $example from '../../checks/assert-example.ts'` : ''
  return `${helpers}${'\n'.repeat(line - 1)}${result}${code.slice(from)}\nexport {}\n`
}

/** The one value that an expression prints, if that is what it does. */
function printedBy(expression: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(expression) || expression.expression.getText() !== 'console.log') return undefined
  const [value, ...more] = expression.arguments
  return more.length === 0 ? value : undefined
}
