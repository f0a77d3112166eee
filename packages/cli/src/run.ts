import type { Command } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { backupCommand } from './commands/backup.ts'
import { decideCommand } from './commands/decide.ts'
import { importFactsCommand } from './commands/import-facts.ts'
import { importOpenSidCommand } from './commands/import-opensid.ts'
import { jobsCommand } from './commands/jobs.ts'
import { residentCommand } from './commands/resident.ts'
import { restoreCommand } from './commands/restore.ts'
import { rulesCommand } from './commands/rules.ts'
import { serveCommand } from './commands/serve.ts'
import { verifyCommand } from './commands/verify.ts'
import { checkLanguage, newGroup } from './frame/command.ts'
import { faultLine, faultsOf, UsageError } from './frame/faults.ts'
import { openSession, type Session } from './frame/session.ts'
import { usageOf } from './frame/usage.ts'
import { type Host, Interruption } from './host.ts'

/** What the shell expects of a process that a signal ended: 128 and its number. */
const signalCodes = { SIGINT: 130, SIGTERM: 143 }

/**
 * Runs the `lumbung` command and tells its exit code: 0 success, 1 the input was judged and found wrong, 2 the
 * command line is wrong, 130 or 143 ended by a signal. It never throws and never ends the process.
 *
 * @param args The words behind `lumbung`.
 *
 * @example
 * ```ts
 * import { PassThrough } from 'node:stream'
 * import { text } from 'node:stream/consumers'
 * import { run } from '@lumbung/cli'
 *
 * const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
 * const { signal } = new AbortController()
 * const code = await run(['bakcup', '--lang', 'en'], { env: {}, stdin, stdout, stderr, signal })
 * code // => 2
 * const said = await text(stderr.end())
 * said.split('\n')[0] // => 'lumbung: unknown-command: There is no command bakcup. Did you mean backup?'
 * ```
 */
export async function run(args: readonly string[], host: Host): Promise<number> {
  const session = openSession(args, host)
  const program = programOf(session)
  try {
    await program.parseAsync([...args], { from: 'user' })
    return session.exitCode()
  } catch (error) {
    return await report(error, session, pathOf(program, args))
  }
}

function programOf(session: Session): Command {
  const { say } = session
  const imports = [importOpenSidCommand(session), importFactsCommand(session)]
  const commands = [
    newGroup(session, 'import', say('import.does'), imports),
    rulesCommand(session),
    decideCommand(session),
    serveCommand(session),
    residentCommand(session),
    jobsCommand(session),
    backupCommand(session),
    restoreCommand(session),
    verifyCommand(session),
  ]
  return newGroup(session, 'lumbung', say('lumbung.does'), commands)
    .version(manifest.version, '-V, --version', say('help.version'))
    .addHelpText('after', `\n${say('lumbung.closing')}`)
    .hook('preAction', (_, command) => checkLanguage(command, session))
}

/** The longest beginning of a command line that names a command: `lumbung import opensid`. */
function pathOf(program: Command, args: readonly string[]): string {
  let [command, path] = [program, program.name()]
  for (const word of args) {
    const next = command.commands.find((one) => one.name() === word)
    if (next === undefined) break
    command = next
    path += ` ${word}`
  }
  return path
}

async function report(error: unknown, session: Session, command: string): Promise<number> {
  const { host, say, err } = session
  if (host.signal.aborted) {
    await err.write(`lumbung: ${say('signal.ended')}\n`)
    const reason: unknown = host.signal.reason
    return reason instanceof Interruption ? signalCodes[reason.signal] : 1
  }
  const usage = error instanceof UsageError ? error : usageOf(error, say)
  if (usage === undefined && isHelp(error)) return 0
  if (host.env['LUMBUNG_DEBUG'] && error instanceof Error) await err.write(`${error.stack}\n`)
  if (usage === undefined) {
    for (const fault of faultsOf(error, say, session.locale)) await session.fault(fault)
    return 1
  }
  await err.write(`${faultLine(usage)}\n`)
  await err.write(`${say('help.more', { command })}\n`)
  return 2
}

/** commander also throws where it only showed a help or the version. */
function isHelp(error: unknown): boolean {
  return error instanceof Error && 'exitCode' in error && error.exitCode === 0
}
