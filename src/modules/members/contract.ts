import { z } from 'zod'
import { day, id } from '../../kernel/http/parse.ts'

/** What can be asked of the members over HTTP. */
const name = z.string('请填写姓名').trim().min(1, '请填写姓名').max(40, '姓名不超过 40 个字')
const short = z.string().trim().max(60, '不超过 60 个字').nullish()
const words = z.string('请写明理由').trim().min(1, '请写明理由').max(1000, '不超过 1000 个字')
const kin = z.array(z.object({ name, relation: z.string('请填写关系').trim().min(1, '请填写关系').max(20) })).max(30)
const tag = z.string('请填写标签').trim().min(1, '请填写标签').max(20, '标签不超过 20 个字')
const gender = z.enum(['m', 'f'])

export const listQuery = z.object({
  unitId: id.optional(),
  tag: z.string().max(20).optional(),
  gender: gender.optional(),
  state: z.enum(['normal', 'retained']).optional(),
  ageFrom: z.coerce.number().int().min(0).max(150).optional(),
  ageTo: z.coerce.number().int().min(0).max(150).optional(),
  q: z.string().max(40).optional(),
  cursor: z.string().max(120).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})

const particulars = {
  gender: gender.nullish(),
  bornOn: day.nullish(),
  staffNo: short,
  employment: short,
  idNo: short,
  phone: short,
  bank: short,
  kin: kin.optional(),
}

export const addMemberInput = z.object({
  name,
  unitId: id,
  joinedOn: day,
  tags: z.array(tag).max(30).optional(),
  document: short,
  ...particulars,
})
export const editPersonInput = z.object({ version: z.int(), name: name.optional(), ...particulars })
export const giveTagInput = z.object({ tag, since: day, evidence: z.string().trim().max(500).nullish() })
export const endTagInput = z.object({ until: day })
export const leaveInput = z.object({ kind: z.enum(['leave', 'retire', 'death', 'expelled']), onDate: day, words })
export const stateInput = z.object({ state: z.enum(['normal', 'retained']), onDate: day, words })

export const transferInput = z.object({ personId: id, toUnitId: id, effectiveOn: day, reason: words })
export const applicationInput = z.object({
  unitId: id,
  name,
  gender: gender.nullish(),
  bornOn: day.nullish(),
  staffNo: short,
  idNo: z.string('请填写证件号码').trim().min(1, '请填写证件号码').max(60),
  phone: short,
  words: z.string().trim().max(1000).nullish(),
  source: z.enum(['desk', 'phone']).default('desk'),
})
export const actInput = z.object({
  verb: z.enum(['提交', '同意', '退回', '否决', '撤回']),
  words: z.string().trim().max(1000).optional(),
})
export const mergeInput = z.object({ keptId: id, mergedId: id, reason: words })
export const exportInput = listQuery.extend({
  reason: words,
  unmasked: z.preprocess((given) => (typeof given === 'string' ? given === 'true' : given), z.boolean().default(false)),
})
