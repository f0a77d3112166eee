import { type Argument, Command, Option } from 'commander'
import * as z from 'zod'
import type { Format } from '../output/answer.ts'
import { isMessageKey, type MessageKey, type Say } from '../words/catalogue.ts'
import { UsageError } from './faults.ts'
import type { Session } from './session.ts'
import { invalidValue } from './usage.ts'

/** A file that a command reads, as its help shows it. */
export interface Sample {
  readonly file: string
  readonly text: string
}

/** What a command is called, what it takes and what it does. */
export interface CommandForm {
  readonly name: string
  readonly does: string
  readonly arguments?: readonly Argument[]
  /** Options of its own; those that many commands have come behind them. */
  readonly options?: readonly Option[]
  /** What it works on: all of a database, or one village in it. Default: neither. */
  readonly on?: 'database' | 'village'
  /** Whether it prints a result, in a form to choose. Default true. */
  readonly hasResult?: boolean
  /** The files that it reads. Default: none. */
  readonly samples?: readonly Sample[]
}

/** A command that gives a result, with its help in the chosen language. */
export function newCommand(session: Session, form: CommandForm): Command {
  const { say } = session
  const command = newFrame(session, form.name, form.does)
  for (const argument of form.arguments ?? []) command.addArgument(argument)
  for (const option of form.options ?? []) command.addOption(option)
  if (form.on !== undefined) command.addOption(new Option('--db <url>', say('option.db')))
  if (form.on === 'village') command.addOption(new Option('--village <code>', say('option.village')))
  if (form.hasResult !== false) {
    command.addOption(new Option('--json', say('option.json')).conflicts('ndjson'))
    command.addOption(new Option('--ndjson', say('option.ndjson')))
  }
  command.addOption(new Option('--lang <id|en>', say('option.lang')))
  if (form.samples !== undefined) command.addHelpText('after', samplesText(say, form.samples))
  return command
}

/** A command that only holds others. */
export function newGroup(
  session: Session,
  name: string,
  does: string,
  commands: readonly Command[],
): Command {
  const group = newFrame(session, name, does)
    .addOption(new Option('--lang <id|en>', session.say('option.lang')))
    .helpCommand('help [command]', session.say('help.command'))
  for (const command of commands) group.addCommand(command)
  return group
}

/** The options that choose the form of a result. */
export const FormatOptions = z.object({ json: z.boolean().optional(), ndjson: z.boolean().optional() })

/**
 * The options of a command, checked. A schema may name a sentence `expected.…` as its error.
 *
 * @throws UsageError `missing-option`, `invalid-value`.
 */
export function optionsOf<Schema extends z.ZodType>(
  schema: Schema,
  command: Command,
  { say }: Session,
): z.output<Schema> {
  const options: unknown = command.opts()
  const parsed = schema.safeParse(options)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = String(issue?.path[0])
  const flags = command.options.find((option) => option.attributeName() === name)?.flags ?? name
  if (Object(options)[name] === undefined)
    throw new UsageError('missing-option', say('usage.missing-option', { name: flags }))
  const key = issue?.message ?? ''
  throw invalidValue(say, flags, isExpectation(key) ? say(key) : key)
}

function isExpectation(key: string): key is Extract<MessageKey, `expected.${string}`> {
  return key.startsWith('expected.') && isMessageKey(key)
}

/** The form of a result that the options, or the lack of a terminal, ask for. */
export function formatOf(options: z.output<typeof FormatOptions>, session: Session): Format {
  if (options.json === true) return 'json'
  if (options.ndjson === true) return 'ndjson'
  return session.out.isTerminal ? 'table' : 'json'
}

/** The same for a result that is a line for each line that comes in: lines are its machine form. */
export function lineFormatOf(options: z.output<typeof FormatOptions>, session: Session): Format {
  const format = formatOf(options, session)
  return format === 'json' && options.json !== true ? 'ndjson' : format
}

/** Checks that `--lang` names a language; the voice of the run was chosen by it before. */
export function checkLanguage(command: Command, session: Session): void {
  const { lang } = command.optsWithGlobals()
  if (lang === undefined || lang === session.locale) return
  throw invalidValue(session.say, '--lang', session.say('expected.lang'))
}

/** A bare command that speaks the chosen language where commander speaks English, and leaves the ending to us. */
function newFrame({ say, out, err }: Session, name: string, does: string): Command {
  const words: Readonly<Record<string, string>> = {
    'Usage:': say('help.usage'),
    'Arguments:': say('help.arguments'),
    'Options:': say('help.options'),
    'Commands:': say('help.commands'),
    '[options]': say('help.anyOptions'),
    '[command]': say('help.anyCommand'),
  }
  const translate = (text: string): string =>
    text.replaceAll(/\[(?:options|command)\]|^\w+:$/g, (word) => words[word] ?? word)
  return new Command(name)
    .description(does)
    .configureHelp({
      styleTitle: translate,
      styleUsage: translate,
      styleSubcommandTerm: translate,
    })
    .helpOption('-h, --help', say('help.option'))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void out.write(text),
      writeErr: (text) => void err.write(text),
      // We say it ourselves, in the chosen language.
      outputError: () => {},
      getOutHelpWidth: () => out.width,
      getErrHelpWidth: () => err.width,
    })
}

function samplesText(say: Say, samples: readonly Sample[]): string {
  return samples
    .map(({ file, text }) => `\n${say('help.sample', { file })}\n${text.replaceAll(/^(?=.)/gm, '  ')}`)
    .join('\n')
}
