import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

test('without any setting it serves this machine on 8080 from ./data', () => {
  expect(readConfig({})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://127.0.0.1:8080',
    databaseUrl: null,
    tls: null,
    demo: true,
  })
  expect(readConfig({ DATA_DIR: 'x', PORT: '' }).dataDir).toMatch(/^\/.*\/x$/)
  expect(readConfig({ HOST: '0.0.0.0', PORT: '81' }).publicUrl).toBe('http://localhost:81')
})

test.each([
  ['PORT', '0', 'PORT 应为 1 至 65535'],
  ['PORT', '70000', 'PORT 应为 1 至 65535'],
  ['PUBLIC_URL', 'gonghui.cn', 'PUBLIC_URL 应形如'],
  ['PUBLIC_URL', 'ftp://gonghui.cn', 'PUBLIC_URL 应形如'],
  ['DATABASE_URL', 'mysql://x', 'DATABASE_URL 应形如'],
  ['APP_DATABASE_URL', 'postgres://x', '必须同时给出 DATABASE_URL'],
  ['TLS_CERT', '/x', '必须同时给出'],
  ['DEMO', 'yes', 'DEMO 只能是'],
])('%s=%s is refused with a sentence', (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(sentence)
})

test('a certificate that cannot be read is refused before the start', () => {
  expect(() => readConfig({ TLS_CERT: '/nowhere/cert.pem', TLS_KEY: '/nowhere/key.pem' })).toThrow('读不到证书文件')
})
