import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { type Entry, fromRoot, root } from './workspace.ts'

/** One name that users can import. */
export interface Exported {
  readonly name: string
  /** As a reviewer reads it: types resolved, bodies left out. */
  readonly signature: string
  /** The first sentence of its TSDoc, or an empty text. */
  readonly summary: string
  /** How many `@example` tags it has. */
  readonly examples: number
  /** Whether it must have an example: it can be called. A constant is shown by those who take it. */
  readonly needsExample: boolean
  readonly where: string
}

const flags =
  ts.NodeBuilderFlags.NoTruncation |
  ts.NodeBuilderFlags.MultilineObjectLiterals |
  ts.NodeBuilderFlags.UseSingleQuotesForStringLiteralType
const printer = ts.createPrinter({ removeComments: true })

/** Reads what the entries export, from their source. */
export function readApi(entries: readonly Entry[]): ReadonlyMap<Entry, readonly Exported[]> {
  const program = ts.createProgram(
    entries.map(({ source }) => source),
    { ...compilerOptions(), types: ['node'] },
  )
  const checker = program.getTypeChecker()
  return new Map(
    entries.map((entry) => {
      const file = program.getSourceFile(entry.source)
      const module = file && checker.getSymbolAtLocation(file)
      const symbols = module ? checker.getExportsOfModule(module) : []
      return [entry, symbols.map((symbol) => describe(symbol, checker)).sort(byName)]
    }),
  )
}

/** The strict settings that all of the workspace shares, and those of the pages. */
export function compilerOptions(): ts.CompilerOptions {
  const optionsOf = (file: string) =>
    ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(root, file), (path) => readFileSync(path, 'utf8')).config,
      ts.sys,
      root,
    ).options
  return { ...optionsOf('packages/portal/tsconfig.jsx.json'), ...optionsOf('tsconfig.json') }
}

/** The snapshot of an entry that is kept in the repository. */
export function renderApi(entry: Entry, exported: readonly Exported[]): string {
  const blocks = exported.map(({ signature, summary }) =>
    [signature, ...(summary ? [`  // ${summary}`] : [])].join('\n'),
  )
  return `${[`The public API of ${entry.specifier}`, ...blocks].join('\n\n')}\n`
}

function byName(a: Exported, b: Exported): number {
  return a.name < b.name ? -1 : 1
}

function describe(exported: ts.Symbol, checker: ts.TypeChecker): Exported {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const declarations = symbol.declarations ?? []
  const signatures = declarations.map((one) => signatureOf(exported.name, symbol, one, checker))
  const isCallable = declarations.some((one) => ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one))
  const [first] = declarations
  const tags = symbol.getJsDocTags(checker)
  return {
    name: exported.name,
    signature: [...new Set(signatures)].filter(Boolean).join('\n'),
    summary: firstSentence(ts.displayPartsToString(symbol.getDocumentationComment(checker))),
    examples: tags.filter(({ name }) => name === 'example').length,
    needsExample: isCallable,
    where: first ? position(first) : '',
  }
}

function position(node: ts.Node): string {
  const file = node.getSourceFile()
  return `${fromRoot(file.fileName)}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
}

function firstSentence(text: string): string {
  return (/^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text).replace(/\s+/g, ' ').trim()
}

function signatureOf(
  name: string,
  symbol: ts.Symbol,
  declaration: ts.Declaration,
  checker: ts.TypeChecker,
): string {
  /** With `InTypeAlias` the type is spelled out even where it has a name. */
  const print = (type: ts.Type, extra = 0) => {
    const node = checker.typeToTypeNode(type, declaration, flags | extra)
    return node ? printNode(node, declaration.getSourceFile()) : '?'
  }
  if (ts.isFunctionDeclaration(declaration)) {
    // Of an overloaded function, users do not see the signature that has the body.
    if (declaration.body && (symbol.declarations?.length ?? 0) > 1) return ''
    const signature = checker.getSignatureFromDeclaration(declaration)
    return `function ${name}${signature ? checker.signatureToString(signature, declaration, ts.TypeFormatFlags.NoTruncation) : '?'}`
  }
  const schema = schemaType(symbol, checker)
  if (ts.isVariableDeclaration(declaration)) {
    if (schema) return `schema ${name}: ${print(schema, ts.NodeBuilderFlags.InTypeAlias)}`
    return `const ${name}: ${print(checker.getTypeOfSymbol(symbol))}`
  }
  if (
    ts.isTypeAliasDeclaration(declaration) &&
    ts.isTypeReferenceNode(declaration.type) &&
    !declaration.typeParameters
  ) {
    // The type of a schema has its name, and stands there already.
    return schema
      ? ''
      : `type ${name} = ${print(checker.getDeclaredTypeOfSymbol(symbol), ts.NodeBuilderFlags.InTypeAlias)}`
  }
  return ts.isClassDeclaration(declaration) ? printClass(declaration) : printNode(declaration)
}

/** What a zod schema yields, or undefined for anything else. */
function schemaType(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Type | undefined {
  if (!(symbol.flags & ts.SymbolFlags.Variable)) return undefined
  const internals = checker.getTypeOfSymbol(symbol).getProperty('_zod')
  const output = internals && checker.getTypeOfSymbol(internals).getProperty('output')
  return output && checker.getTypeOfSymbol(output)
}

function printNode(node: ts.Node, file = node.getSourceFile()): string {
  const text = printer.printNode(ts.EmitHint.Unspecified, node, file)
  return text.replace(/^export /, '').replaceAll('    ', '  ')
}

/** A class without its bodies and its private parts. */
function printClass(node: ts.ClassDeclaration): string {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected
  const members = node.members
    .filter((member) => !(ts.getCombinedModifierFlags(member) & hidden))
    .filter(({ name }) => !name || !ts.isPrivateIdentifier(name))
    .map((member) => `  ${withoutBody(member)}`)
  return [`${printNode(node).split('\n')[0]}`, ...members, '}'].join('\n')
}

function withoutBody(member: ts.ClassElement): string {
  const body = 'body' in member ? (member.body as ts.Block | undefined) : undefined
  return body
    ? member
        .getText()
        .slice(0, body.getStart() - member.getStart())
        .trim()
    : printNode(member).replace(/;$/, '')
}
