import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { connect, type Connection } from '../src/kernel/db/database.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { migrate } from '../src/kernel/db/migrate.ts'
import type { Config } from '../src/kernel/http/services.ts'
import { builtInRegisters } from '../src/kernel/register/registry.ts'
import '../src/modules.ts'
import { hashToken, newToken } from '../src/modules/accounts/server/sessions.ts'
import { buildCity, type City } from './city.ts'

export interface House {
  city: City
  dataDir: string
  ownerUrl: string
  appUrl: string
  owner: pg.Client
  connection: Connection
  config: Config
  /** Cookie of the chair of the whole city. */
  cookie: string
  stop(): Promise<void>
}

/** Starts the embedded server as `npm start` does (durable) and builds the city, unless the folder holds one already. */
export async function openHouse(dataDir: string, city: City, say: (line: string) => void): Promise<House> {
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  const embedded = await startEmbedded({ dataDir, say })
  const owner = new pg.Client(embedded.ownerUrl)
  await owner.connect()
  await migrate(owner)
  const built = path.join(dataDir, 'city.json')
  if (!existsSync(built)) {
    await buildCity(owner, city, builtInRegisters(), say)
    writeFileSync(built, JSON.stringify(city))
  }
  const connection = connect(embedded.appUrl, { max: 20 })
  return {
    city,
    dataDir,
    ownerUrl: embedded.ownerUrl,
    appUrl: embedded.appUrl,
    owner,
    connection,
    config: { dataDir, publicUrl: 'http://localhost:8080', host: '127.0.0.1', port: 0, tls: null, webDir: null },
    cookie: await signIn(owner, city),
    async stop() {
      await connection.close()
      await owner.end()
      await embedded.stop()
    },
  }
}

/** An account with the office of a chair over the whole city, and a session that has passed everything. */
async function signIn(owner: pg.Client, city: City): Promise<string> {
  const token = newToken()
  await owner.query(
    `with account as (
       insert into accounts.account (login, name, state, created_by) values ('bench' || floor(random() * 1e9), '周婷', 'active', 0) returning id),
     office as (
       insert into accounts.office (account_id, unit_id, role, title, starts_on, appointed_by)
       select id, $2, 'chair', '主席', '2020-01-01', 0 from account returning id, account_id)
     insert into accounts.session (token_hash, account_id, method, awaits_factor, second_factor_at, office_id, idle_seconds, expires_at, ip, user_agent)
     select $1, account_id, 'password', false, now(), id, 86400, now() + interval '1 day', '127.0.0.1', 'bench' from office`,
    [hashToken(token), city.cityId],
  )
  return `zhijia=${token}`
}
