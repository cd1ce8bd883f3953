// A server with its box and registrar in a process of its own, for tests that kill it. Whoever sends the cookie `as=N` is
// the person N; `chair=U` presides over unit U. Told what to serve by its environment; says `ready` when it listens.
import { declarePermissions } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { connect } from '../../../kernel/db/database.ts'
import { buildApp } from '../../../kernel/http/app.ts'
import module from '../module.ts'
import { voteRoutes } from '../server/routes.ts'
import { publicationRoutes } from './publication-routes.ts'
import { secretRoutes } from './routes.ts'
import { startSecret } from './start.ts'

export interface HouseGiven {
  appUrl: string
  dataDir: string
  port: number
  boxPort: number
}

const { appUrl, dataDir, port, boxPort } = JSON.parse(process.env['HOUSE']!) as HouseGiven
declarePermissions([...module.permissions])
const box = { url: `http://127.0.0.1:${boxPort}`, port: boxPort }
const config = { dataDir, publicUrl: `http://127.0.0.1:${port}`, host: '127.0.0.1', port, tls: null, webDir: null, box }
const services = { db: connect(appUrl, { max: 6 }).db, today: () => '2026-06-30', config }
const actorOf = (cookies: Record<string, string | undefined>): Actor => ({
  kind: 'person',
  accountId: Number(cookies['as'] ?? 1_000_000),
  personId: cookies['as'] ? Number(cookies['as']) : null,
  name: '测试',
  office: '主席',
  grants: module.permissions
    .filter(() => cookies['chair'] !== undefined)
    .map(({ name }) => ({ permission: name, unitId: Number(cookies['chair']), scope: 'below' as const })),
})
const app = await buildApp(services, async (cookies) => actorOf(cookies), [voteRoutes, secretRoutes, publicationRoutes])
await startSecret(services, () => {})
await app.listen({ host: '127.0.0.1', port })
process.send!('ready')
