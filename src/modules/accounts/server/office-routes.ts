import type { Routes } from '../../../kernel/http/app.ts'
import { id, parse } from '../../../kernel/http/parse.ts'
import { accountBody, appointBody, delegateBody, leaveBody, officesQuery, reasonBody } from '../contract.ts'
import { ROLES } from '../roles.ts'
import { createAccount, disableAccount, enableAccount } from './accounts.ts'
import { appoint, delegate, leaveOffice, listOffices, revokeDelegation } from './offices.ts'

const pathId = (request: { params: unknown }): number => parse(id, (request.params as { id: string }).id)

/** Accounts, offices and delegations. */
export const officeRoutes: Routes = (app, services) => {
  const { db } = services

  app.get('/api/roles', async () => ({
    roles: ROLES.map(({ id: role, title, purpose, needsSecondFactor, administration }) => ({
      id: role,
      title,
      purpose,
      needsSecondFactor: needsSecondFactor ?? false,
      administration: administration ?? false,
    })),
  }))

  app.post('/api/accounts', async (request, reply) => {
    const input = parse(accountBody, request.body)
    const accountId = await db.transaction().execute((tx) => createAccount(tx, request.actor, input))
    return reply.status(201).send({ id: accountId })
  })

  app.post('/api/accounts/:id/disable', async (request) => {
    const { reason } = parse(reasonBody, request.body)
    await db.transaction().execute((tx) => disableAccount(tx, request.actor, pathId(request), reason))
    return {}
  })

  app.post('/api/accounts/:id/enable', async (request) => {
    const { reason } = parse(reasonBody, request.body)
    await db.transaction().execute((tx) => enableAccount(tx, request.actor, pathId(request), reason))
    return {}
  })

  app.get('/api/offices', async (request) => ({
    offices: await listOffices(db, request.actor, parse(officesQuery, request.query)),
  }))

  app.post('/api/offices', async (request, reply) => {
    const input = parse(appointBody, request.body)
    const officeId = await db.transaction().execute((tx) => appoint(tx, request.actor, input))
    return reply.status(201).send({ id: officeId })
  })

  app.post('/api/offices/:id/leave', async (request) => {
    const { onDay, reason } = parse(leaveBody, request.body)
    await db.transaction().execute((tx) => leaveOffice(tx, request.actor, pathId(request), onDay, reason))
    return {}
  })

  app.post('/api/offices/:id/delegations', async (request, reply) => {
    const input = { officeId: pathId(request), ...parse(delegateBody, request.body) }
    const delegationId = await db.transaction().execute((tx) => delegate(tx, request.actor, input))
    return reply.status(201).send({ id: delegationId })
  })

  app.delete('/api/delegations/:id', async (request) => {
    await db.transaction().execute((tx) => revokeDelegation(tx, request.actor, pathId(request)))
    return {}
  })
}
