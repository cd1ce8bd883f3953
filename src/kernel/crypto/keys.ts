import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  randomFillSync,
  type KeyObject,
} from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import path from 'node:path'

/**
 * Sealed fields. A sealed value is AES-256-GCM under a versioned key that never enters the database:
 * 2 bytes key version, 12 bytes nonce, 16 bytes tag, ciphertext. The column's name is authenticated with it, so that a
 * sealed bank card copied into the phone's column doesn't open.
 */
export interface Keys {
  /** The version new values are sealed under. */
  readonly version: number
  /**
   * Seals one value for one column.
   * @param column `schema.table.column` of the bytea column, e.g. `members.person.id_no_sealed`
   */
  seal(text: string, column: string): Buffer
  /** @throws Error when the value was altered, belongs to another column or its key is missing */
  open(sealed: Uint8Array, column: string): string
  /**
   * Finds duplicates without keeping the value: HMAC-SHA-256 of the text. The caller normalises first (trim, upper
   * case, half width). Survives key rotation.
   * @param purpose `id-no`, `phone`, …: the same text hashes differently for another purpose
   */
  keyedHash(text: string, purpose: string): Buffer
}

interface KeyFile {
  current: number
  /** version → 32 random bytes, base64 */
  keys: Record<string, string>
}

const NONCE = 12
const TAG = 16
const HEAD = 2 + NONCE + TAG

export const keyFilePath = (dataDir: string): string => path.join(dataDir, 'secrets', 'master-key.json')

/** `ZHIJIA_MASTER_KEY`: `<base64>` or, after rotations, `2:<base64>,1:<base64>`; the first is the current one. */
function fromEnvironment(text: string): KeyFile {
  const parts = text.split(',').map((part) => part.trim().match(/^(?:(\d+):)?([A-Za-z0-9+/=]+)$/))
  const keys: Record<string, string> = {}
  for (const part of parts) {
    if (!part || Buffer.from(part[2]!, 'base64').length !== 32)
      throw new Error('ZHIJIA_MASTER_KEY 应为 32 字节的 base64，或“版本:base64”以逗号相连。')
    keys[part[1] ?? '1'] = part[2]!
  }
  return { current: Number(parts[0]![1] ?? 1), keys }
}

function readKeyFile(file: string): KeyFile | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeyFile
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`主密钥文件 ${file} 无法读取，请从密钥备份中恢复：${(error as Error).message}`, { cause: error })
  }
}

/** Written beside and renamed, synced before: a crash leaves the old file or the new one, never half a key. */
function writeKeyFile(file: string, content: KeyFile): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const beside = `${file}.${process.pid}`
  const handle = openSync(beside, 'w', 0o600)
  writeSync(handle, JSON.stringify(content, null, 2))
  fsyncSync(handle)
  closeSync(handle)
  chmodSync(beside, 0o600)
  renameSync(beside, file)
}

// Randomness is fetched by the kilobyte: asking the generator costs as much as a whole encryption.
const pool = Buffer.alloc(NONCE * 512)
let used = pool.length

/** Twelve random bytes that were never handed out before. */
function freshNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return Buffer.from(pool.subarray(used, (used += NONCE)))
}

class MasterKeys implements Keys {
  readonly #load: () => KeyFile
  #content!: KeyFile
  #sealing = new Map<number, KeyObject>()
  #hashing = new Map<string, KeyObject>()

  constructor(load: () => KeyFile) {
    this.#load = load
    this.reload()
  }

  get version(): number {
    return this.#content.current
  }

  reload(): void {
    this.#content = this.#load()
    this.#sealing.clear()
    this.#hashing.clear()
    this.#sealingKey(this.version)
  }

  seal(text: string, column: string): Buffer {
    const nonce = freshNonce()
    const cipher = createCipheriv('aes-256-gcm', this.#sealingKey(this.version), nonce)
    cipher.setAAD(Buffer.from(column))
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    const head = Buffer.alloc(2)
    head.writeUInt16BE(this.version)
    return Buffer.concat([head, nonce, cipher.getAuthTag(), body])
  }

  open(sealed: Uint8Array, column: string): string {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    if (bytes.length < HEAD) throw new Error(`sealed value of ${column} is cut off`)
    const version = bytes.readUInt16BE(0)
    // Another process may have rotated since we read the file.
    if (!this.#content.keys[version]) this.reload()
    const decipher = createDecipheriv('aes-256-gcm', this.#sealingKey(version), bytes.subarray(2, 2 + NONCE))
    decipher.setAAD(Buffer.from(column))
    decipher.setAuthTag(bytes.subarray(2 + NONCE, HEAD))
    return decipher.update(bytes.subarray(HEAD), undefined, 'utf8') + decipher.final('utf8')
  }

  keyedHash(text: string, purpose: string): Buffer {
    let key = this.#hashing.get(purpose)
    if (!key) this.#hashing.set(purpose, (key = this.#derive(1, `hash:${purpose}`)))
    return createHmac('sha256', key).update(text).digest()
  }

  #sealingKey(version: number): KeyObject {
    let key = this.#sealing.get(version)
    if (!key) this.#sealing.set(version, (key = this.#derive(version, 'seal')))
    return key
  }

  #derive(version: number, purpose: string): KeyObject {
    const master = this.#content.keys[version]
    if (!master) throw new Error(`缺少第 ${version} 版主密钥，加密字段无法打开。请从密钥备份中恢复 master-key.json。`)
    // A key object, not bytes: a cipher or HMAC made from one starts four times as fast, and a roster makes half a million.
    return createSecretKey(Buffer.from(hkdfSync('sha256', Buffer.from(master, 'base64'), '', `zhijia ${purpose}`, 32)))
  }
}

const opened = new Map<string, MasterKeys>()

/**
 * The installation's keys, made on first use (file mode 0600). The same object for the same folder.
 * @param dataDir DATA_DIR; the key is in `secrets/master-key.json` below it unless `ZHIJIA_MASTER_KEY` is set
 */
export function openKeys(dataDir: string): Keys {
  const given = process.env['ZHIJIA_MASTER_KEY']
  const file = keyFilePath(dataDir)
  const name = given ? `env:${given}` : file
  let keys = opened.get(name)
  if (!keys) {
    if (!given && !readKeyFile(file))
      writeKeyFile(file, { current: 1, keys: { 1: randomBytes(32).toString('base64') } })
    opened.set(name, (keys = new MasterKeys(() => (given ? fromEnvironment(given) : readKeyFile(file)!))))
  }
  return keys
}

/** Adds the next key version and makes it current; older versions stay for opening and, version 1, for finding. */
export function addKeyVersion(dataDir: string): Keys {
  if (process.env['ZHIJIA_MASTER_KEY'])
    throw new Error('主密钥来自 ZHIJIA_MASTER_KEY：请先在其最前面加上“新版本号:新密钥,”，再运行轮换。')
  const keys = openKeys(dataDir) as MasterKeys
  const file = keyFilePath(dataDir)
  const content = readKeyFile(file)!
  const next = content.current + 1
  writeKeyFile(file, { current: next, keys: { ...content.keys, [next]: randomBytes(32).toString('base64') } })
  keys.reload()
  return keys
}
