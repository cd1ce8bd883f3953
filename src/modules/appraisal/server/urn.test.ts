import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { emptyUrn, hasUrn, readUrn, writeUrn } from './urn.ts'

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhijia-urn-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

/** A server that takes returns as fast as it can and says aloud which it has taken. */
const taker = `
  import { atUrn, readUrn, writeUrn } from ${JSON.stringify(path.join(import.meta.dirname, 'urn.ts'))}
  for (let n = Number(process.argv[1]); ; n++)
    await atUrn(1, async () => {
      const urn = readUrn(${JSON.stringify(dataDir)}, 1)
      urn.used.push(String(n).padStart(6, '0'))
      urn.sheets.push([1, 1, n % 3], [1, 2, n % 2])
      writeUrn(${JSON.stringify(dataDir)}, 1, urn)
      process.stdout.write(n + '\\n')
    })`

/** Runs it from a number on until so many were acknowledged, then kills it without a word. @returns the last acknowledged */
function killedAfter(from: number, many: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', taker, String(from)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    let wrong = ''
    child.stderr.on('data', (chunk: Buffer) => (wrong += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.split('\n').length > many) child.kill('SIGKILL')
    })
    child.on('exit', (code) =>
      code ? reject(new Error(wrong)) : resolve(Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1))),
    )
  })
}

test('killed without warning, the urn holds every return that was acknowledged, whole, and goes on', async () => {
  writeUrn(dataDir, 1, emptyUrn())
  let next = 0
  for (const many of [1, 7, 23]) {
    const last = await killedAfter(next, many)
    const urn = readUrn(dataDir, 1)
    // All that was acknowledged and at most one beyond it, whose word didn't get out; each with both of its sheets.
    expect(urn.used.length - (last + 1)).toBeOneOf([0, 1])
    expect(urn.used).toEqual(Array.from({ length: urn.used.length }, (_, n) => String(n).padStart(6, '0')))
    expect(urn.sheets).toHaveLength(2 * urn.used.length)
    next = urn.used.length
  }
}, 60_000)

test('a half-written urn beside the old one is nothing, and a lost one is never an empty one', () => {
  const before = readUrn(dataDir, 1)
  writeFileSync(path.join(dataDir, 'urns', 'appraisal-1.sealed.next'), 'half of a sealed')
  expect(readUrn(dataDir, 1)).toEqual(before)
  writeUrn(dataDir, 1, before)
  expect(readUrn(dataDir, 1)).toEqual(before)
  expect(hasUrn(dataDir, 2)).toBe(false)
  expect(() => readUrn(dataDir, 2)).toThrow('评议箱文件不在这台服务器上')
})
