import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import type { Store } from './store.ts'

/** S3_ENDPOINT (https://…), S3_BUCKET, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY. */
export interface S3Settings {
  endpoint: string
  bucket: string
  region: string
  accessKey: string
  secretKey: string
}

/** @throws Error when a bucket is named but something else is missing */
export function s3Settings(environment: NodeJS.ProcessEnv): S3Settings | null {
  const { S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY, S3_SECRET_KEY } = environment
  if (!S3_BUCKET) return null
  if (!S3_ENDPOINT || !S3_ACCESS_KEY || !S3_SECRET_KEY)
    throw new Error('设置有误：给出 S3_BUCKET 时还须给出 S3_ENDPOINT、S3_ACCESS_KEY 和 S3_SECRET_KEY。')
  return {
    endpoint: S3_ENDPOINT.replace(/\/+$/, ''),
    bucket: S3_BUCKET,
    region: S3_REGION || 'us-east-1',
    accessKey: S3_ACCESS_KEY,
    secretKey: S3_SECRET_KEY,
  }
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * Signature version 4 of a request without a query.
 * @param payload SHA-256 of the body in hexadecimal
 * @returns the headers to send, the given ones among them
 */
export function sign(
  settings: Pick<S3Settings, 'region' | 'accessKey' | 'secretKey'>,
  method: string,
  url: URL,
  given: Record<string, string>,
  payload: string,
  now: Date,
): Record<string, string> {
  const instant = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const headers: Record<string, string> = { ...given, 'x-amz-content-sha256': payload, 'x-amz-date': instant }
  const signed = Object.entries({ ...headers, host: url.host }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const names = signed.map(([name]) => name).join(';')
  const canonical = [
    method,
    url.pathname,
    '',
    ...signed.map(([name, value]) => `${name}:${value}`),
    '',
    names,
    payload,
  ].join('\n')
  const scope = `${instant.slice(0, 8)}/${settings.region}/s3/aws4_request`
  const key = ['s3', 'aws4_request'].reduce(
    hmac,
    hmac(hmac(`AWS4${settings.secretKey}`, instant.slice(0, 8)), settings.region),
  )
  const signature = hmac(key, ['AWS4-HMAC-SHA256', instant, scope, sha256(canonical)].join('\n')).toString('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${settings.accessKey}/${scope},SignedHeaders=${names},Signature=${signature}`
  return { ...headers, authorization }
}

const emptyBody = sha256('')

/** A bucket of any S3-compatible service, addressed by path. */
export class S3Store implements Store {
  readonly #settings: S3Settings

  constructor(settings: S3Settings) {
    this.#settings = settings
  }

  #url(sha: string): URL {
    return new URL(`${this.#settings.endpoint}/${this.#settings.bucket}/${sha.slice(0, 2)}/${sha}`)
  }

  async put(sha: string, file: string): Promise<void> {
    const url = this.#url(sha)
    const there = await fetch(url, {
      method: 'HEAD',
      headers: sign(this.#settings, 'HEAD', url, {}, emptyBody, new Date()),
    })
    if (!there.ok) {
      const length = String((await stat(file)).size)
      const answer = await fetch(url, {
        method: 'PUT',
        // The content's own hash is signed: the service refuses bytes that changed on the way.
        headers: { ...sign(this.#settings, 'PUT', url, {}, sha, new Date()), 'content-length': length },
        body: Readable.toWeb(createReadStream(file)) as never,
        duplex: 'half',
      } as RequestInit)
      if (!answer.ok) throw new Error(`object store refused to keep ${sha}: ${answer.status} ${await answer.text()}`)
    }
    await rm(file)
  }

  async read(sha: string): Promise<Readable> {
    const url = this.#url(sha)
    const answer = await fetch(url, { headers: sign(this.#settings, 'GET', url, {}, emptyBody, new Date()) })
    if (!answer.ok || !answer.body) throw new Error(`object store has no ${sha}: ${answer.status}`)
    return Readable.fromWeb(answer.body as ReadableStream)
  }

  async remove(sha: string): Promise<void> {
    const url = this.#url(sha)
    const answer = await fetch(url, {
      method: 'DELETE',
      headers: sign(this.#settings, 'DELETE', url, {}, emptyBody, new Date()),
    })
    // 204 whether or not it was there; some services say 404.
    if (!answer.ok && answer.status !== 404) throw new Error(`object store refused to remove ${sha}: ${answer.status}`)
  }
}
