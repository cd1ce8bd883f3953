import { z } from 'zod'
import { requirePermission } from '../../../../kernel/access/access.ts'
import { conflict, refused } from '../../../../kernel/contract/problem.ts'
import type { FileOwner } from '../../../../kernel/files/files.ts'
import type { Routes } from '../../../../kernel/http/app.ts'
import { day, id, parse } from '../../../../kernel/http/parse.ts'
import { voucherInput, voucherQuery } from '../../contract.ts'
import { readBook, requireDeed } from './access.ts'
import { mayVisitVoucher } from '../visits/visit.ts'
import { voucherById, vouchersOf } from './browse.ts'
import {
  correctVoucher,
  createDraft,
  deleteDraft,
  editDraft,
  postVouchers,
  returnVoucher,
  reverseVoucher,
  reviewVoucher,
} from './vouchers.ts'

const byId = z.object({ id })
const words = z.object({ words: z.string().trim().min(1, '请写明退回原因').max(200) })

export const voucherRoutes: Routes = (app, { db, today }) => {
  app.get('/api/funds/books/:id/vouchers', async (request) => {
    const filter = parse(voucherQuery, request.query)
    const book = await readBook(db, request.actor, parse(byId, request.params).id)
    const vouchers = await vouchersOf(db, book, filter)
    return { vouchers, next: vouchers.length === filter.limit ? vouchers.at(-1)!.key : null }
  })
  app.post('/api/funds/books/:id/vouchers', async (request, reply) => {
    const draft = parse(voucherInput, request.body)
    refuseAhead(draft.onDate, today())
    const voucherId = await db
      .transaction()
      .execute(async (tx) =>
        createDraft(tx, request.actor, await readBook(tx, request.actor, parse(byId, request.params).id), draft),
      )
    return reply.status(201).send(await voucherById(db, request.actor, voucherId))
  })
  app.get('/api/funds/vouchers/:id', (request) => voucherById(db, request.actor, parse(byId, request.params).id))
  app.put('/api/funds/vouchers/:id', async (request) => {
    const voucherId = parse(byId, request.params).id
    const { version, ...draft } = parse(voucherInput.extend({ version: z.number().int() }), request.body)
    refuseAhead(draft.onDate, today())
    await db.transaction().execute((tx) => editDraft(tx, request.actor, voucherId, draft, version))
    return voucherById(db, request.actor, voucherId)
  })
  app.delete('/api/funds/vouchers/:id', async (request, reply) => {
    await db.transaction().execute((tx) => deleteDraft(tx, request.actor, parse(byId, request.params).id))
    return reply.status(204).send()
  })
  app.post('/api/funds/vouchers/:id/review', async (request) => {
    const voucherId = parse(byId, request.params).id
    await db.transaction().execute((tx) => reviewVoucher(tx, request.actor, voucherId))
    return voucherById(db, request.actor, voucherId)
  })
  app.post('/api/funds/vouchers/:id/return', async (request) => {
    const voucherId = parse(byId, request.params).id
    const given = parse(words, request.body)
    await db.transaction().execute((tx) => returnVoucher(tx, request.actor, voucherId, given.words))
    return voucherById(db, request.actor, voucherId)
  })
  app.post('/api/funds/vouchers/:id/reverse', async (request, reply) => {
    const { onDate } = parse(z.object({ onDate: day }), request.body)
    const redId = await db.transaction().execute(async (tx) => {
      const made = await reverseVoucher(tx, request.actor, parse(byId, request.params).id, onDate)
      refuseAhead(onDate, today())
      return made
    })
    return reply.status(201).send(await voucherById(db, request.actor, redId))
  })
  app.post('/api/funds/vouchers/:id/correct', async (request, reply) => {
    const draft = parse(voucherInput, request.body)
    refuseAhead(draft.onDate, today())
    const rightId = await db
      .transaction()
      .execute((tx) => correctVoucher(tx, request.actor, parse(byId, request.params).id, draft))
    return reply.status(201).send(await voucherById(db, request.actor, rightId))
  })
  app.post('/api/funds/vouchers/post', async (request) => {
    const { ids } = parse(z.object({ ids: z.array(id).min(1, '请选择要记账的凭证').max(500) }), request.body)
    return db.transaction().execute((tx) => postVouchers(tx, request.actor, ids))
  })
}

/** A day of a month that hasn't begun is a slip of the pen: 2062 for 2026. @throws Problem 422 `wrong-period` at the date */
function refuseAhead(onDate: string, today: string): void {
  if (onDate.slice(0, 7) <= today.slice(0, 7)) return
  const sentence = `${onDate} 所在的月份还没有到，请核对凭证日期。`
  throw refused('wrong-period', sentence, { onDate: sentence })
}

/** Originals behind a voucher. Once it is posted they are part of the chain: nothing is added or taken away. */
export const voucherFiles: FileOwner = {
  kind: 'voucher',
  async mayRead({ db, today }, actor, voucherId) {
    if (await mayVisitVoucher(db, actor, voucherId, today())) return
    const voucher = await voucherById(db, actor, voucherId)
    await requirePermission(db, actor, 'funds.read', voucher.unitId, 'funds.read')
  },
  async mayChange({ db }, actor, voucherId) {
    const voucher = await voucherById(db, actor, voucherId)
    await requireDeed(db, actor, 'funds.prepare', voucher.unitId)
    if (voucher.state === 'posted')
      throw conflict('voucher-posted', '凭证已经记账，附件不能增减。请另填更正凭证并附上原件。')
    return { unitId: voucher.unitId, title: `凭证“${voucher.summary}”` }
  },
}
