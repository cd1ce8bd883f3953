import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { recountFolder } from '../src/modules/ballots/secret/recount.ts'

const root = path.resolve(import.meta.dirname, '..')
const home = mkdtempSync(path.join(os.tmpdir(), 'zhijia-demo-election-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

const zhijia = (...words: string[]) =>
  spawnSync(process.execPath, [path.join(root, 'src/cli.ts'), ...words], { encoding: 'utf8', cwd: root })
/** What both programs say of a folder. */
const judged = (folder: string): [boolean, boolean] => [
  recountFolder(folder).accepted,
  spawnSync('python3', [path.join(root, 'verify/verify_ballots.py'), folder]).status === 0,
]

test(
  'a whole election through HTTP leaves what both verifiers accept, and nothing that was touched',
  { timeout: 300_000 },
  () => {
    const out = path.join(home, 'out')
    const held = zhijia('demo', 'election', '--voters', '14', '--out', out)
    expect(held.stderr + held.stdout).toContain('重新计票与公布一致')
    expect(held.status).toBe(0)
    expect(judged(out)).toEqual([true, true])

    const lines = readFileSync(path.join(out, 'board.jsonl'), 'utf8').trimEnd().split('\n')
    expect(lines).toHaveLength(14)
    const touched = (name: string, board: readonly string[]): string => {
      const folder = path.join(home, name)
      cpSync(out, folder, { recursive: true })
      writeFileSync(path.join(folder, 'board.jsonl'), board.map((line) => `${line}\n`).join(''))
      return folder
    }
    const flipped = lines[3]!.replace(
      /("body":")(.)/,
      (_all, head: string, letter: string) => `${head}${letter === 'A' ? 'B' : 'A'}`,
    )
    expect(flipped).not.toBe(lines[3])
    // One that nobody was given a paper for: another one's, with its key changed.
    const foreign = lines[5]!.replace(
      /("prefixes":\[")(.)/,
      (_all, head: string, letter: string) => `${head}${letter === 'A' ? 'B' : 'A'}`,
    )
    for (const [name, board] of [
      ['changed', lines.with(3, flipped)],
      ['added', [...lines, foreign]],
      ['removed', lines.toSpliced(7, 1)],
      ['duplicated', lines.toSpliced(7, 0, lines[7]!)],
    ] as const)
      expect([name, ...judged(touched(name, board))]).toEqual([name, false, false])
  },
)
