import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

export const SESSION_COOKIE = 'zhijia'

/** Requests a minute of one session, or of one address without a session. */
const PER_MINUTE = 6000

/** Requests a minute of one address where a whole hall comes unsigned: pages and their parts, routes marked `hall`. */
const PER_MINUTE_OF_A_HALL = 60_000

/** So many hashes of 44 characters are some tens of megabytes; then counting by session begins anew. */
const REMEMBERED = 200_000

const HALL = 'hall '

/**
 * Whom a request is counted as. A thousand people behind one address must not use up each other's requests, and whoever
 * makes up cookies must not get a count for each of them: a session counts by itself only once it was found good.
 */
export class Callers {
  readonly #good = new Set<string>()

  keyOf(request: FastifyRequest): string {
    const token = request.cookies[SESSION_COOKIE]
    const hash = token ? hashOf(token) : ''
    if (this.#good.has(hash)) return hash
    const { url = request.url, config } = request.routeOptions
    return (config.hall || !url.startsWith('/api/') ? HALL : '') + addressOf(request.ip)
  }

  /** Called when a session was found good. */
  welcome(token: string | undefined): void {
    if (!token) return
    if (this.#good.size >= REMEMBERED) this.#good.clear()
    this.#good.add(hashOf(token))
  }
}

/** @returns requests a minute */
export const mostOf = (key: string): number => (key.startsWith(HALL) ? PER_MINUTE_OF_A_HALL : PER_MINUTE)

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64')

/** One household holds 2^64 addresses of IPv6: they count as one. */
export function addressOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped) return mapped[1]!
  const [head = '', tail = ''] = ip.split('%')[0]!.split('::')
  const groups = head === '' ? [] : head.split(':')
  if (ip.includes('::')) {
    const after = tail === '' ? [] : tail.split(':')
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
