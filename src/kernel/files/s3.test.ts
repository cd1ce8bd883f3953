import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { S3Store, s3Settings, sign } from './s3.ts'
import { LocalStore, openStore } from './store.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'zhijia-s3-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('signs like the published example of signature version 4', () => {
  const empty = createHash('sha256').update('').digest('hex')
  const headers = sign(
    { region: 'us-east-1', accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    'GET',
    new URL('https://examplebucket.s3.amazonaws.com/test.txt'),
    { range: 'bytes=0-9' },
    empty,
    new Date('2013-05-24T00:00:00Z'),
  )
  expect(headers['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
      'SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,' +
      'Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  )
})

test('keeps and reads back through a bucket, sends the same bytes once, and says when the bucket refuses', async () => {
  const kept = new Map<string, Buffer>()
  let puts = 0
  let full = false
  const bucket = createServer(async (request, response) => {
    const body = await buffer(request)
    const signed = String(request.headers['x-amz-content-sha256'])
    if (!request.headers.authorization || createHash('sha256').update(body).digest('hex') !== signed)
      response.statusCode = 403
    else if (request.method === 'PUT' && full) response.statusCode = 507
    else if (request.method === 'PUT') {
      puts++
      kept.set(request.url!, body)
    } else if (!kept.has(request.url!)) response.statusCode = 404
    else if (request.method === 'GET') return response.end(kept.get(request.url!))
    return response.end()
  })
  await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`
  const store = new S3Store({ endpoint, bucket: 'zhijia', region: 'cn', accessKey: 'a', secretKey: 'b' })
  const bytes = Buffer.alloc(300_000, '照')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  for (let time = 0; time < 2; time++) {
    const file = path.join(folder, `upload-${time}`)
    writeFileSync(file, bytes)
    await store.put(sha256, file)
    expect(existsSync(file)).toBe(false)
  }
  expect([puts, [...kept.keys()]]).toEqual([1, [`/zhijia/${sha256.slice(0, 2)}/${sha256}`]])
  expect((await buffer(await store.read(sha256))).equals(bytes)).toBe(true)
  await expect(store.read('0'.repeat(64))).rejects.toThrow('404')
  full = true
  writeFileSync(path.join(folder, 'more'), 'more')
  await expect(store.put(createHash('sha256').update('more').digest('hex'), path.join(folder, 'more'))).rejects.toThrow(
    '507',
  )
  bucket.closeAllConnections()
  await new Promise((resolve) => bucket.close(resolve))
})

test('the local folder unless a bucket is named completely', () => {
  expect(openStore(folder, {})).toBeInstanceOf(LocalStore)
  expect(() => s3Settings({ S3_BUCKET: 'x' })).toThrow('S3_ENDPOINT')
})
