import { existsSync, readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { upgrading } from './kernel/backup/upgrading.ts'
import { UsageError, type Command, type Desk, type OpenHouse } from './kernel/cli/command.ts'
import { joined } from './kernel/cli/joined.ts'
import { readConfig } from './kernel/config.ts'
import { Problem } from './kernel/contract/problem.ts'
import { connect } from './kernel/db/database.ts'
import { openDatabase, type OpenedDatabase } from './kernel/db/open.ts'

const folder = new URL('./cli/', import.meta.url)
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3))
  .toSorted()
const load = async (name: string): Promise<Command> =>
  ((await import(new URL(`${name}.ts`, folder).href)) as { default: Command }).default

const out = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const typed = (name: string): string => name.replaceAll('-', ' ')

async function overview(): Promise<string> {
  const lines = ['用法：npm run -s zhijia -- <命令> [选项]', '']
  for (const name of names) lines.push(`  ${typed(name).padEnd(18)}${(await load(name)).summary}`)
  lines.push('', '每个命令都可以加 --help 查看说明。退出码：0 成功，1 被拒绝，2 用法错误。')
  return lines.join('\n')
}

const helpOf = (name: string, command: Command): string =>
  [
    `用法：npm run -s zhijia -- ${typed(name)} ${command.usage}`.trimEnd(),
    '',
    command.summary,
    ...(command.help ? ['', command.help] : []),
  ].join('\n')

/** `unit add --code …` → the file unit-add and the rest; the longest name that fits. */
function find(words: readonly string[]): { name: string; rest: string[] } | null {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join('-')
    if (words.length >= length && names.includes(name) && existsSync(new URL(`${name}.ts`, folder)))
      return { name, rest: words.slice(length) }
  }
  return null
}

/** @returns the exit code */
async function main(words: string[]): Promise<number> {
  const found = find(words)
  if (!found) {
    if (!words.length || words[0] === '--help' || words[0] === 'help') {
      out(await overview())
      return 0
    }
    complain(`没有“${words.join(' ')}”这个命令。\n\n${await overview()}`)
    return 2
  }
  const command = await load(found.name)
  const closings: (() => Promise<void>)[] = []
  const close = async (): Promise<void> => {
    for (const each of closings.splice(0).toReversed()) await each()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(130)))
  try {
    const { values, positionals } = read(command, found.rest)
    if (values['help']) {
      out(helpOf(found.name, command))
      return 0
    }
    await command.run(
      desk((each) => closings.push(each)),
      values,
      positionals,
    )
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\n\n${helpOf(found.name, command)}`)
      return 2
    }
    complain((error as Error).message)
    if (error instanceof Problem)
      for (const [field, sentence] of Object.entries(error.fields)) complain(`  ${field}：${sentence}`)
    else if (process.env['DEBUG']) complain((error as Error).stack ?? '')
    return 1
  } finally {
    await close()
  }
}

function read(command: Command, rest: string[]): { values: Record<string, never>; positionals: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: joined(rest, command.options ?? {}),
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    const { min, max } = command.words ?? { min: 0, max: 0 }
    if (!values.help && (positionals.length < min || positionals.length > max))
      throw new UsageError(positionals.length < min ? '缺少参数。' : `多出了参数：${positionals.slice(max).join(' ')}`)
    return { values: values as Record<string, never>, positionals }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`选项有误：${(error as Error).message}`)
  }
}

function desk(closing: Desk['closing']): Desk {
  const installation = readConfig()
  let opened: Promise<OpenHouse> | null = null
  const openAsIs = async (migrating = false): Promise<OpenedDatabase> => {
    const opening = openDatabase(installation, complain, migrating ? upgrading(installation, complain) : 'as-is')
    // Registered before it is there: a signal meanwhile must not leave the database running behind us.
    closing(async () => (await opening.catch(() => null))?.stop())
    return opening
  }
  const open = async (): Promise<OpenHouse> => {
    await import('./modules.ts')
    const database = await openAsIs(true)
    const connection = connect(database.appUrl, { max: 5, statementTimeoutMs: 0 })
    closing(() => connection.close())
    return { ...database, services: { db: connection.db, config: installation, today } }
  }
  return { installation, print: out, say: complain, today, closing, openAsIs, open: () => (opened ??= open()) }
}

process.exitCode = await main(process.argv.slice(2))
process.exit()
