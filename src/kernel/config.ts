import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import type { Config } from './http/services.ts'

export interface Installation extends Config {
  /** The owner's URL of a PostgreSQL ≥ 15, or null for the embedded server. */
  databaseUrl: string | null
  /** The server's own role on that database; made by us when absent. */
  appDatabaseUrl: string | null
  /** False leaves the demo out on the first start. */
  demo: boolean
}

const databaseUrl = (name: string) =>
  z
    .string()
    .regex(/^postgres(ql)?:\/\//, `${name} 应形如 postgres://账户:密码@主机:5432/数据库`)
    .optional()

const schema = z.object({
  PORT: z.coerce
    .number('PORT 应为 1 至 65535 的整数')
    .int('PORT 应为整数')
    .min(1, 'PORT 应为 1 至 65535')
    .max(65535, 'PORT 应为 1 至 65535')
    .default(8080),
  HOST: z.string().min(1, 'HOST 不能为空').default('127.0.0.1'),
  DATA_DIR: z.string().min(1, 'DATA_DIR 不能为空').default('./data'),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'PUBLIC_URL 应形如 https://gonghui.example.cn' }).optional(),
  BOX_PORT: z.coerce
    .number('BOX_PORT 应为整数')
    .int('BOX_PORT 应为整数')
    .min(1, 'BOX_PORT 应为 1 至 65535')
    .max(65535, 'BOX_PORT 应为 1 至 65535')
    .optional(),
  BOX_URL: z.url({ protocol: /^https?$/, error: 'BOX_URL 应形如 https://toupiao.example.cn' }).optional(),
  TLS_CERT: z.string().min(1).optional(),
  TLS_KEY: z.string().min(1).optional(),
  DATABASE_URL: databaseUrl('DATABASE_URL'),
  APP_DATABASE_URL: databaseUrl('APP_DATABASE_URL'),
  DEMO: z.enum(['0', '1'], 'DEMO 只能是 1（载入演示数据）或 0（不载入）').default('1'),
})

/**
 * Reads the installation's settings from the environment.
 * @param environment an empty string counts as unset
 * @throws Error with one Chinese line per wrong value
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Installation {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (!result.success) throw new Error(result.error.issues.map((issue) => `设置有误：${issue.message}`).join('\n'))
  const set = result.data
  if (!set.TLS_CERT !== !set.TLS_KEY) throw new Error('设置有误：TLS_CERT 与 TLS_KEY 必须同时给出。')
  if (set.APP_DATABASE_URL && !set.DATABASE_URL)
    throw new Error('设置有误：给出 APP_DATABASE_URL 时必须同时给出 DATABASE_URL（拥有者账户，用于升级数据库）。')
  for (const file of [set.TLS_CERT, set.TLS_KEY]) if (file) refuseUnreadable(file)
  const scheme = set.TLS_CERT ? 'https' : 'http'
  const boxPort = set.BOX_PORT ?? (set.PORT < 65_535 ? set.PORT + 1 : set.PORT - 1)
  const shownHost = ['0.0.0.0', '::'].includes(set.HOST) ? 'localhost' : set.HOST
  return {
    dataDir: path.resolve(set.DATA_DIR),
    publicUrl: (set.PUBLIC_URL ?? `${scheme}://${shownHost}:${set.PORT}`).replace(/\/+$/, ''),
    box: { url: (set.BOX_URL ?? `${scheme}://${shownHost}:${boxPort}`).replace(/\/+$/, ''), port: boxPort },
    host: set.HOST,
    port: set.PORT,
    tls: set.TLS_CERT && set.TLS_KEY ? { cert: set.TLS_CERT, key: set.TLS_KEY } : null,
    webDir: null,
    databaseUrl: set.DATABASE_URL ?? null,
    appDatabaseUrl: set.APP_DATABASE_URL ?? null,
    demo: set.DEMO === '1',
  }
}

function refuseUnreadable(file: string): void {
  try {
    accessSync(file, constants.R_OK)
  } catch {
    throw new Error(`设置有误：读不到证书文件 ${file}。`)
  }
}
