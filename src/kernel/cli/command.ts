import type { ParseArgsConfig } from 'node:util'
import type { Installation } from '../config.ts'
import type { OpenedDatabase } from '../db/open.ts'
import type { Services } from '../http/services.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** What the given options come out as: text or a flag, several when `multiple`. */
export type Given<Set extends Options> = {
  [Name in keyof Set]?: Set[Name] extends { type: 'boolean' }
    ? boolean
    : Set[Name] extends { multiple: true }
      ? string[]
      : string
}

/** The opened installation: everything a command does to it is closed behind it. */
export interface OpenHouse extends OpenedDatabase {
  services: Services
}

/** What a command has to work with. */
export interface Desk {
  installation: Installation
  /** The answer, on stdout: what a script reads. */
  print(line: string): void
  /** Progress, on stderr. */
  say(line: string): void
  /** Today in Shanghai, `YYYY-MM-DD`. */
  today(): string
  /**
   * Starts or joins the installation's database, brings it to the newest schema and opens it as the server's role.
   * Called twice it gives the same.
   */
  open(): Promise<OpenHouse>
  /** Starts or joins the database and leaves its schema alone: for looking at it, or restoring into it. */
  openAsIs(): Promise<OpenedDatabase>
  /** Runs before the process ends, newest first, however the command ended. */
  closing(close: () => Promise<void>): void
}

/**
 * A command of `npm run -s zhijia -- …`. The file's name is what is typed: `src/cli/unit-add.ts` answers `unit add`.
 * It refuses by throwing a `Problem` (exit 1) or, when called wrongly, a `UsageError` (exit 2).
 */
export interface Command<Set extends Options = Options> {
  /** One Chinese line for the list of commands. */
  summary: string
  /** Behind the name: `--unit 编码 --year 年份 [--dry-run]`. */
  usage: string
  /** More lines for --help. */
  help?: string
  options: Set
  /** How many words without a dash it takes; none by default. */
  words?: { min: number; max: number }
  run(desk: Desk, given: Given<Set>, words: string[]): Promise<void>
}

/** Identity with types: `given` in `run` knows the declared options. */
export const defineCommand = <const Set extends Options>(command: Command<Set>): Command<Set> => command

/** The command was called wrongly: the sentence and the usage are shown, exit code 2. */
export class UsageError extends Error {}

/** An option the command can't do without. @throws UsageError */
export function required(given: Record<string, unknown>, name: string): string {
  const value = given[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`缺少 --${name}。`)
  return value
}

/** A whole number within bounds. @throws UsageError */
export function wholeNumber(name: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= min && value <= max)) throw new UsageError(`--${name} 应为 ${min} 至 ${max} 的整数，而不是“${text}”。`)
  return value
}
