import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addKeyVersion, keyFilePath, openKeys } from './keys.ts'
import { maskBank, maskIdNo, maskLast4, maskPhone } from './mask.ts'

const column = 'members.person.id_no_sealed'
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'zhijia-keys-'))
})
afterEach(() => {
  rmSync(dataDir, { recursive: true })
  vi.unstubAllEnvs()
})

test('a sealed value opens again and never looks the same twice', () => {
  const keys = openKeys(dataDir)
  const one = keys.seal('310101199001011234', column)
  const two = keys.seal('310101199001011234', column)
  expect(one.equals(two)).toBe(false)
  expect(one.includes('310101')).toBe(false)
  expect(keys.open(one, column)).toBe('310101199001011234')
  expect(keys.open(keys.seal('', column), column)).toBe('')
})

test('an altered value, one cut off and one moved to another column do not open', () => {
  const keys = openKeys(dataDir)
  const sealed = keys.seal('13812345678', column)
  expect(() => keys.open(sealed, 'members.person.phone_sealed')).toThrow()
  const altered = Buffer.from(sealed)
  altered[altered.length - 1]! ^= 1
  expect(() => keys.open(altered, column)).toThrow()
  expect(() => keys.open(sealed.subarray(0, 20), column)).toThrow(/cut off/)
})

test('after a rotation old values open, new ones carry the new version, and duplicates are still found', () => {
  const keys = openKeys(dataDir)
  const before = keys.seal('甲', column)
  const hash = keys.keyedHash('310101199001011234', 'id-no')
  addKeyVersion(dataDir)
  expect(keys.version).toBe(2)
  expect(keys.open(before, column)).toBe('甲')
  expect(keys.seal('乙', column).readUInt16BE(0)).toBe(2)
  expect(keys.keyedHash('310101199001011234', 'id-no').equals(hash)).toBe(true)
})

test('a value sealed by another process after its rotation opens: the file is read again', () => {
  const keys = openKeys(dataDir)
  const file = keyFilePath(dataDir)
  const content = JSON.parse(readFileSync(file, 'utf8')) as { current: number; keys: Record<string, string> }
  const other = Buffer.alloc(32, 7).toString('base64')
  vi.stubEnv('ZHIJIA_MASTER_KEY', `2:${other},1:${content.keys['1']}`)
  const sealedElsewhere = openKeys(dataDir).seal('丙', column)
  vi.unstubAllEnvs()
  expect(() => keys.open(sealedElsewhere, column)).toThrow(/第 2 版/)
  writeFileSync(file, JSON.stringify({ current: 2, keys: { ...content.keys, 2: other } }))
  expect(keys.open(sealedElsewhere, column)).toBe('丙')
})

test('the hash depends on purpose and on the key', () => {
  const keys = openKeys(dataDir)
  const phone = keys.keyedHash('13812345678', 'phone')
  expect(phone.equals(keys.keyedHash('13812345678', 'id-no'))).toBe(false)
  vi.stubEnv('ZHIJIA_MASTER_KEY', Buffer.alloc(32, 1).toString('base64'))
  expect(phone.equals(openKeys(dataDir).keyedHash('13812345678', 'phone'))).toBe(false)
})

test('the key file is the operator’s alone, and a malformed key from the environment is refused', () => {
  openKeys(dataDir)
  expect(statSync(keyFilePath(dataDir)).mode & 0o777).toBe(0o600)
  vi.stubEnv('ZHIJIA_MASTER_KEY', 'c2hvcnQ=')
  expect(() => openKeys(dataDir)).toThrow(/32 字节/)
})

test.each([
  [maskIdNo('310101199001011234'), '310***********1234'],
  [maskIdNo('1234'), '****'],
  [maskPhone('13812345678'), '138****5678'],
  [maskPhone('62345678'), '****5678'],
  [maskLast4('5678'), '*******5678'],
  [maskLast4(null), ''],
  [maskBank('6222020000000000123'), '***************0123'],
])('masks: %s', (shown, expected) => {
  expect(shown).toBe(expected)
})
