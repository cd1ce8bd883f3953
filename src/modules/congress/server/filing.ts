import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { meeting } from '../registers/meetings.ts'
import { agenda, session as sessionRegister } from '../registers/sessions.ts'
import { KINDS } from '../words.ts'
import { itemsOf, type Item } from './agenda.ts'
import { resolutionsOf } from './resolutions.ts'
import type { Session } from './seen.ts'
import { attendanceOf, type Attendance } from './sign-in.ts'
import { votesIn, type ItemVote } from './held-votes.ts'

/**
 * Files what counts of a closed session: a congress with its roll and its documents, or a meeting around it. The paths lead
 * back here, and the records are brought up to date when something of them changes (a resolution's first day).
 */
export async function fileSession(tx: Tx, actor: Actor, session: Session): Promise<void> {
  const keptBy = `congress/sessions/${session.id}`
  const [items, attendance] = await Promise.all([itemsOf(tx, session.id), attendanceOf(tx, session.id)])
  if (session.form !== 'session') return fileMeeting(tx, actor, session, keptBy, attendance)
  const resolutions = await resolutionsOf(tx, { sessionId: session.id }, session.endsOn)
  await keepRecords(tx, actor, sessionRegister, [
    {
      keptBy,
      draft: {
        unitId: session.unitId,
        happenedOn: session.startsOn,
        endedOn: session.endsOn,
        title: session.title,
        fields: {
          kind: KINDS[session.kind],
          term: session.ordinal,
          meeting: session.number,
          ...(resolutions.length && {
            resolutions: resolutions
              .map((one) => `通过《${one.title}》`)
              .join('；')
              .slice(0, 4000),
          }),
        },
        lines: attendance.map((one) => ({
          personId: one.personId,
          fields: { constituency: one.constituency, attended: one.firstIn !== null },
        })),
      },
    },
  ])
  const votes = await votesIn(tx, session.id)
  const lines = items.flatMap((item) =>
    documentLine(item, votes, resolutions.find((one) => one.itemId === item.id)?.effectiveOn),
  )
  if (lines.length)
    await keepRecords(tx, actor, agenda, [
      {
        keptBy,
        draft: {
          unitId: session.unitId,
          happenedOn: session.startsOn,
          title: session.title,
          fields: { ...(session.host && { host: session.host }) },
          lines,
        },
      },
    ])
}

const ACTS = { heard: '听取报告', discussed: '审议讨论', passed: '审议通过', failed: '审议未通过' } as const

/** Elections and appraisals have registers of their own; they are no documents. */
function documentLine(item: Item, votes: readonly ItemVote[], effectiveOn: string | undefined) {
  const act = item.outcome && item.outcome in ACTS ? ACTS[item.outcome as keyof typeof ACTS] : null
  if (!act || item.duty === 'elect' || item.duty === 'appraise') return []
  const line = votes.findLast((one) => one.itemId === item.id && one.result)?.result?.verdict.items[0]
  return [
    {
      fields: {
        document: item.title.replaceAll(/^《|》$/g, ''),
        category: item.category,
        act,
        ...(item.reporter && { reporter: item.reporter }),
        ...(line && { votesFor: line.yes, votesAgainst: line.no }),
        ...(effectiveOn && { effectiveOn }),
        ...(item.changeWords && { change: item.changeWords }),
      },
    },
  ]
}

async function fileMeeting(
  tx: Tx,
  actor: Actor,
  session: Session,
  keptBy: string,
  attendance: readonly Attendance[],
): Promise<void> {
  const came = attendance.filter((one) => one.firstIn !== null)
  // The ledger knows preparatory meetings of the staff congress and joint meetings of its delegation heads.
  if (session.body !== 'staff' || !came.length) return
  await keepRecords(tx, actor, meeting, [
    {
      keptBy,
      draft: {
        unitId: session.unitId,
        happenedOn: session.startsOn,
        title: session.title,
        fields: {
          kind: session.form === 'joint' ? '代表团长联席会议' : '职代会预备会',
          ...(session.place && { place: session.place }),
        },
        lines: came.map((one) => ({ personId: one.personId, fields: {} })),
      },
    },
  ])
}
