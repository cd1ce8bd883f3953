import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'
import { bodies, CHANGE_KINDS, unionKinds, unitTypes, type ChangeKind } from './types.ts'

/** What can be asked of the organisation over HTTP. */
const name = z.string('请填写名称').trim().min(1, '请填写名称').max(120, '名称不超过 120 个字')
const line = z.string().trim().max(200, '不超过 200 个字').nullish()
const text = z.string().trim().max(4000, '不超过 4000 个字').nullish()
const count = z.int('请填写整数').min(0, '人数不能为负').max(100_000_000)

export const addUnitInput = z.object({
  code: z.string('请填写编号').trim(),
  name,
  type: z.enum(unitTypes, '请选择单位类型'),
  shortName: line,
  body: z.enum(bodies).nullish(),
  parentId: id.nullish(),
  parentCode: line,
  foundedOn: day.nullish(),
  sortKey: z.int().optional(),
  document: line,
})

export const editUnitInput = z.object({
  version: z.int(),
  shortName: line,
  sortKey: z.int().optional(),
  foundedOn: day.nullish(),
  body: z.enum(bodies).nullish(),
})

export const profileInput = z.object({
  version: z.int().optional(),
  kind: z.enum(unionKinds).nullish(),
  upperUnion: line,
  partyBody: line,
  administration: line,
  motto: text,
  idea: text,
  guiding: text,
  extra: z.record(z.string(), z.string()).optional(),
})

export const headcountInput = z.object({
  countedOn: day,
  staff: count,
  women: count.nullish(),
  dispatched: count.nullish(),
  employers: count.nullish(),
  source: line,
})

export const browseQuery = z.object({
  parentId: id.optional(),
  q: z.string().max(60).optional(),
  type: z.enum(unitTypes).optional(),
  dissolved: z.stringbool().optional(),
})

const code = z.string('请填写编号').trim().min(1, '请填写编号').max(40)

/** What a change of the tree says beside its kind; which of it must be there depends on the kind. */
const changePayload = z.object({
  /** rename: the new name */
  name: name.optional(),
  /** move: the new parent; merge: the unit it goes up in */
  toCode: code.optional(),
  /** split: the parts, with the children and people each takes along */
  units: z
    .array(
      z.object({
        code,
        name,
        childCodes: z.array(code).max(500).optional(),
        personIds: z.array(id).max(50_000).optional(),
      }),
    )
    .max(50)
    .optional(),
  /** split: the unit itself ends */
  dissolve: z.boolean().optional(),
})
export const changeInput = changePayload.extend({
  kind: z.enum(Object.keys(CHANGE_KINDS) as [ChangeKind, ...ChangeKind[]]),
  unitId: id,
  effectiveOn: day,
  reason: z.string('请写明理由').trim().min(1, '请写明理由').max(500),
  document: line,
})
export type ChangePayload = z.output<typeof changePayload>
export type ChangeInput = z.output<typeof changeInput>

const officer = z.object({
  personId: id.nullish(),
  name: z.string('请填写姓名').trim().min(1, '请填写姓名').max(40),
  post: z.string('请填写职务').trim().min(1, '请填写职务').max(40),
})
export const termInput = z.object({
  body: z.enum(bodies, '请选择委员会'),
  ordinal: z.int('请填写第几届').min(1).max(200),
  startsOn: day,
  dueOn: day,
  document: line,
  officers: z.array(officer).max(200).optional(),
})
export const appointInput = officer.extend({ fromOn: day })
export const dismissInput = z.object({ toOn: day, reason: z.string('请写明原因').trim().min(1, '请写明原因').max(200) })
